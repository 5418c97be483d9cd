"""Counts of gate-set tomography on a made-up device, and what pyGSTi says of them: gate_set_tomography.json.

The device is written out here in numpy, with coherent and incoherent errors and errors of state and readout; sequences follow the
rules of GateSetTomography.swift. pyGSTi fits all of them at once, over gate sets that keep probabilities' sums (full TP) and over
physical ones (CPTPLND), and looks for the basis nearest to the ideal gates with the same weights.

    pip install pygsti==0.10.2
    python gate_set_tomography.py
"""

import json
import pathlib

import numpy as np
import pygsti
from pygsti.circuits import Circuit
from pygsti.modelpacks import smq1Q_XYI
from pygsti.protocols import GateSetTomography, GateSetTomographyDesign, ProtocolData

SHOTS, SEED, LENGTHS = 2000, 7, [1, 2, 4, 8, 16]
PAULIS = [np.eye(2), np.array([[0, 1], [1, 0]]), np.array([[0, -1j], [1j, 0]]), np.diag([1, -1])]


def transfer(kraus):
    return np.array([[sum(np.trace(p @ k @ q @ k.conj().T) for k in kraus).real / 2 for q in PAULIS] for p in PAULIS])


def turn(axis, angle):
    generator = sum(a * p for a, p in zip(axis, PAULIS[1:]))
    return transfer([np.cos(angle / 2) * np.eye(2) - 1j * np.sin(angle / 2) * generator])


def sequences():
    fiducials = [[], [0], [1], [0, 0], [0, 0, 0], [1, 1, 1]]
    germs = [[0], [1], [0, 1], [0, 0, 1], [0, 1, 1], [0, 0, 1, 0, 1, 1]]
    germs += [[2], [0, 2], [1, 2], [0, 1, 2], [0, 2, 1], [0, 2, 2], [1, 2, 2], [0, 0, 2, 1], [0, 1, 1, 2]]
    words = [[]] + fiducials + [[0], [1], [2]]
    for length in LENGTHS:
        words += [germ * (length // len(germ)) for germ in germs if len(germ) <= length]
    result = []
    for word in words:
        for first in fiducials:
            for last in fiducials:
                if first + word + last not in result:
                    result.append(first + word + last)
    return result


def damping(gamma):
    return transfer([np.diag([1, np.sqrt(1 - gamma)]), np.array([[0, np.sqrt(gamma)], [0, 0]])])


shrink = lambda f: np.diag([1, f, f, f])
gates = [
    shrink(0.99) @ turn([1, 0.02, 0], np.pi / 2 + 0.03),
    damping(0.01) @ turn([0, 1, 0.03], np.pi / 2 - 0.02),
    shrink(0.995) @ turn([0, 0, 1], 0.02),
]
state = np.array([1, 0.01, -0.02, 0.94])
effect = np.array([0.51, 0.01, 0.0, 0.46])


def probability(sequence):
    vector = state
    for gate in sequence:
        vector = gates[gate] @ vector
    return float(effect @ vector)


def model_numbers(model):
    """State and effect in components Tr(P rho) and of E = sum e_P P, transfer matrices."""
    labels = [("Gxpi2", 0), ("Gypi2", 0), ()]
    return {
        "state": (np.sqrt(2) * model.preps["rho0"].to_dense()).tolist(),
        "effect": (model.povms["Mdefault"]["0"].to_dense() / np.sqrt(2)).tolist(),
        "gates": [model.operations[label].to_dense().tolist() for label in labels],
    }


generator = np.random.default_rng(SEED)
names = {0: ("Gxpi2", 0), 1: ("Gypi2", 0), 2: ()}
all_sequences = sequences()
zeros = [int(generator.binomial(SHOTS, probability(s))) for s in all_sequences]
circuits = [Circuit([names[g] for g in s], line_labels=(0,)) for s in all_sequences]
data = pygsti.data.DataSet(outcome_labels=["0", "1"])
for circuit, count in zip(circuits, zeros):
    data.add_count_dict(circuit, {"0": count, "1": SHOTS - count})
data.done_adding_data()

result = {"shots": SHOTS, "lengths": LENGTHS, "pygsti": pygsti.__version__, "sequences": all_sequences, "zeros": zeros, "fits": {}}
longest = max(len(s) for s in all_sequences)
lists = [[c for c, s in zip(circuits, all_sequences) if len(s) <= limit] for limit in [7, 14, 28] if limit < 2 * longest]
for name in ["full TP", "CPTPLND"]:
    target = smq1Q_XYI.target_model(name)
    design = GateSetTomographyDesign(smq1Q_XYI.processor_spec(), lists)
    protocol = GateSetTomography(target.copy(), gaugeopt_suite=None, optimizer={"tol": 1e-7, "maxiter": 100}, verbosity=0)
    estimates = protocol.run(ProtocolData(design, data), disable_checkpointing=True).estimates
    model = next(iter(estimates.values())).models["final iteration estimate"]
    fit = {"deviance": float(pygsti.tools.two_delta_logl(model, data, circuits))}
    free = model.copy()
    free.set_all_parameterizations("full TP")
    free.default_gauge_group = pygsti.models.gaugegroup.TPGaugeGroup(free.state_space, free.basis, free.evotype)
    nearest = pygsti.gaugeopt_to_target(
        free, smq1Q_XYI.target_model("full TP"), item_weights={"gates": 1.0, "spam": 0.1}, tol=1e-12)
    fit.update(model_numbers(nearest))
    result["fits"][name] = fit
    pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
    print(name, fit["deviance"], flush=True)
