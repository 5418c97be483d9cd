"""What scikit-learn's machines make of precomputed Gram matrices; writes kernel_machines.json beside this file.

Points of three overlapping classes in four dimensions, rounded to four digits so that the file holds them exactly. Machines are
fitted with tolerance 1e-9, so that values agree to about that much.
Run: python3 kernel_machines.py (needs numpy and scikit-learn; made with 2.4.6 and 1.9.1).
"""
import json
import pathlib

import numpy as np
from sklearn.decomposition import KernelPCA
from sklearn.kernel_ridge import KernelRidge
from sklearn.svm import SVC, SVR

rng = np.random.default_rng(6)
TRAIN, TEST = 60, 40
labels = np.arange(TRAIN + TEST) % 3
points = np.round(rng.normal(size=(TRAIN + TEST, 4)) + 0.8 * np.eye(3, 4)[labels], 4)
targets = np.round(np.sin(points[:, 0]) + points[:, 1] * points[:, 2] + 0.1 * rng.normal(size=len(points)), 4)
train, test = points[:TRAIN], points[TRAIN:]


def differences(a, b):
    return a[:, None, :] - b[None, :, :]


KERNELS = {
    "gaussian": lambda a, b: np.exp(-0.5 * (differences(a, b) ** 2).sum(-1)),
    "linear": lambda a, b: a @ b.T,
    # The fidelity of product states with one rotation a feature.
    "fidelity": lambda a, b: (np.cos(differences(a, b) / 2) ** 2).prod(-1),
}

cases = []
for name, kernel in KERNELS.items():
    gram, cross = kernel(train, train), kernel(test, train)
    for c in [0.1, 1.0, 1000.0] if name != "linear" else [0.1, 1.0]:
        machine = SVC(C=c, kernel="precomputed", tol=1e-9, decision_function_shape="ovo").fit(gram, labels[:TRAIN])
        regressor = SVR(C=min(c, 10.0), epsilon=0.1, kernel="precomputed", tol=1e-9).fit(gram, targets[:TRAIN])
        cases.append({
            "kernel": name, "regularization": c, "predictions": machine.predict(cross).tolist(),
            "decisionValues": machine.decision_function(cross).tolist(), "supportCounts": machine.n_support_.tolist(),
            "regression": regressor.predict(cross).tolist(), "regressionRegularization": min(c, 10.0),
        })

gram, cross = KERNELS["gaussian"](train, train), KERNELS["gaussian"](test, train)
ridge = KernelRidge(alpha=0.3, kernel="precomputed").fit(gram, targets[:TRAIN])

# Rasmussen and Williams 2006, algorithm 2.1, in plain numpy: scikit-learn's processes take no Gram matrix.
noise = 0.01
lower = np.linalg.cholesky(gram + noise * np.eye(TRAIN))
weights = np.linalg.solve(lower.T, np.linalg.solve(lower, targets[:TRAIN]))
v = np.linalg.solve(lower, cross.T)
process = {
    "noise": noise, "means": (cross @ weights).tolist(), "variances": (1 - (v**2).sum(0)).tolist(),
    "logMarginalLikelihood": float(
        -targets[:TRAIN] @ weights / 2 - np.log(np.diag(lower)).sum() - TRAIN / 2 * np.log(2 * np.pi)),
}

components = KernelPCA(n_components=3, kernel="precomputed").fit(gram)
vectors = components.eigenvectors_
signs = np.sign(vectors[np.abs(vectors).argmax(0), range(3)])

out = {
    "trainingCount": TRAIN, "points": points.tolist(), "labels": labels.tolist(), "targets": targets.tolist(), "machines": cases,
    "ridge": {"penalty": 0.3, "predictions": ridge.predict(cross).tolist()}, "process": process,
    "components": {
        "eigenvalues": components.eigenvalues_.tolist(), "transformed": (components.transform(cross) * signs).tolist()},
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(out) + "\n")
print(path.stat().st_size, "bytes", [c["supportCounts"] for c in cases])
