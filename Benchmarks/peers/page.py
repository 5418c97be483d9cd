"""Documentation/Performance.md, made of the results alone: nothing in that file is written by hand."""
import pathlib
import platform

import limits
import machine
import rows

FIGURE = pathlib.Path(__file__).resolve().parent.parent.parent / "Documentation/Figures/growth.svg"
INTRODUCTION = """# Performance

Hilbert beside other simulators on one machine. Every figure on this page was measured by the command below, which
also wrote the page.

- Programs run in turns (ours, theirs, ours, theirs ...) with all processors; whoever waits is stopped. Times are medians of
  one call.
- Timed is a call from numbers to result. Circuits are built and compiled before, JAX programs too. Ours has new angles, weights
  and features in every call, binds them inside the timed region, and keeps no state or matrix from call to call; peers repeat the
  same numbers.
- `statevector` and `qft` leave the whole state in memory. Hilbert recognises no workload. Gates outside the light cone of the
  observables are run too, as is the default; the column *light cone* leaves them out (`isLightCone: true`) and counts for nothing.
- Check values of every peer are compared with ours: to 1e-7 in double precision, 2e-3 in single, 5e-3 for
  samples, 0.25 for 1,000 trajectories. Whoever differs is not counted. *Fastest* is the fastest published package; JAX written by hand is shown and not counted.
- The *limit* is the larger of two times: the operations of dense gates one after the other at the rate of multiply-adds in
  registers, and the least traffic of a state larger than the cache at the rate of a pass in place. An algorithm that needs fewer
  operations may pass it.
- A *ratio* above 1 says how many times faster Hilbert is. The goal stands beside it.
"""


def summary(result):
    """A line for whoever watches."""
    if "ours" in result:
        peer, seconds = fastest(result)
        beside = f", {peer} {readable(seconds)}, ratio {ratio(result)}" if peer else ""
        return f"{result['name']}: {readable(result['ours'])}{beside}"
    if "one" in result:
        return f"{result['name']}: {result['one'] / result['two']:.2f} times on two threads"
    return result["name"] or result["section"]


def text(results, not_installed):
    newest = {result["name"]: result for result in results if result["name"]}
    by_section = {}
    for result in newest.values():
        by_section.setdefault(result["section"], []).append(result)
    rates = limits.Rates(results)
    parts = [INTRODUCTION, setting(results, rates, not_installed)]
    for section, (title, remark) in TITLES.items():
        if found := by_section.get(section):
            parts.append(f"## {title}\n\n{remark}{BODIES.get(section, ratios)(found, rates)}")
    if not by_section:
        parts.append("No workload has been measured yet: this page holds the machine alone.\n")
    if FIGURE.exists():
        parts.append(GROWTH)
    if notes := [f"- {result['name']}: {note}" for result in newest.values() for note in result.get("notes", [])]:
        parts.append("## Peers without a result\n\n" + "\n".join(notes) + "\n")
    return "\n".join(parts)


def setting(results, rates, not_installed):
    times, commits = sorted(result["taken"] for result in results), sorted({result["commit"] for result in results})
    loads = [result["load"] for result in results]
    gigaflops = ", ".join(
        f"{rates.operations(precision, threads) / 1e9:.0f} GFLOP/s {precision} on {threads}"
        for precision in ("float", "double") for threads in (1, rates.threads))
    bandwidth = ", ".join(f"{rates.memory(threads) / 1e9:.0f} GB/s on {threads}" for threads in (1, rates.threads))
    missing = ", ".join(not_installed.values()) or "none"
    quick = "; one round, because of --quick" if any(result["quick"] for result in results) else ""
    times = " to ".join(time.replace("T", " ") for time in (times[0], times[-1]))
    return f"""## Where and when

- Command: `Benchmarks/compare`, and before it `Benchmarks/compare --compile`{quick}
- Taken from {times} at {', '.join(commits)}; load at the start of a row {min(loads):.1f} to {max(loads):.1f}
- Machine: {machine.processor()}, {rates.threads} processors, {machine.memory()}, {machine.system()}
- Versions: {machine.swift()}; Python {platform.python_version()}, {', '.join(machine.packages())}
- Could not be installed: {missing}
- What this machine does, measured at the start of the sitting: multiply-adds in registers {gigaflops} threads; reading and writing
  256 MiB in place {bandwidth} threads
"""


def ratios(results, rates):
    with_hand = any(rows.BY_HAND & result["peers"].keys() for result in results)
    with_cone = any("light-cone" in result for result in results)
    head = ["size", "precision", "limit", "Hilbert", "fastest package", "ratio", "goal", SHARE]
    lines = []
    for result in sorted(results, key=lambda result: order(result["row"])):
        row = result["row"]
        peer, seconds = fastest(result)
        limit, bound = rates.seconds(row)
        cells = [
            rows.size(row), row["precision"], f"{readable(limit)} ({bound})", readable(result["ours"]),
            f"{rows.SETTINGS[peer]}: {readable(seconds)}" if peer else "none", ratio(result), f"{row['goal']}",
            f"{100 * limit / result['ours']:.0f} %"]
        if with_hand:
            hand = next((result["peers"][peer] for peer in rows.BY_HAND if peer in result["peers"]), None)
            cells.append(f"{readable(hand)} ({hand / result['ours']:.1f})" if hand else "-")
        if with_cone:
            cells.append(readable(result["light-cone"]) if "light-cone" in result else "-")
        lines.append(cells)
    return table(head + ["JAX by hand (ratio)"] * with_hand + ["light cone"] * with_cone, lines)


def training(results, rates):
    lines = []
    for result in sorted(results, key=lambda result: order(result["row"])):
        two_phase, baseline, (peer, seconds) = result["two-phase"], result["baseline"], fastest(result)
        lines.append([
            rows.size(result["row"]), result["row"]["precision"], readable(two_phase), f"{two_phase / result['ours']:.2f}",
            readable(baseline), f"{baseline / seconds:.2f}" if peer else "-"])
    head = ["size", "precision", "two phases", "times the fused step", "baseline", "times the fastest package"]
    return f"""{ratios(results, rates).replace(SHARE, "F/time", 1)}
F/time: the operations F of the limit are 116 L n 2^(n-1) a sample, whatever the algorithm does; the goal is a share of 50 % of the
rate of multiply-adds.

In two phases, as inside a network, the cotangents come after the forward pass of the whole batch: at most 1.4 times the fused step.
On the baseline (`HILBERT_SIMD=baseline`: SSE2 on x86-64) the fused step is to take at most 3 times as long as the fastest package.

{table(head, lines)}"""


def threads(results, _):
    lines = [
        [result["row"]["workload"], rows.size(result["row"]), result["row"]["precision"], readable(result["one"]),
         readable(result["two"]), f"{result['one'] / result['two']:.2f}", f"{result['row']['goal']}"] for result in results]
    return table(["workload", "size", "precision", "1 thread", "2 threads", "ratio", "goal"], lines)


def cold_start(results, _):
    seconds = results[-1]["seconds"]
    ours = seconds["Hilbert"]
    return table(["program", "start to end", "ratio"], [[name, readable(s), f"{s / ours:.0f}"] for name, s in seconds.items()])


def kernels(results, _):
    lines = results[-1]["lines"]
    shares = {}
    for line in lines:
        if line["limit"] == "kernel":
            row = shares.setdefault((line["level"], line["precision"], line["structure"]), {})
            row[line["place"]] = f"{100 * line['fraction']:.0f} %"
    inside = [[*key, *places.values()] for key, places in shares.items()]
    passes = [
        [line["structure"], line["place"], line["precision"], f"{line['rate'] / 1e9:.0f} GB/s", f"{100 * line['fraction']:.0f} %"]
        for line in lines if line["limit"] == "pass"]
    return f"""{table(["level", "precision", "matrix", "lowest qubits", "middle", "highest"], inside)}
One pass of a matrix on one qubit over 2^24 amplitudes, beside a pass in place over as many bytes; the goal is 80 %.

{table(["matrix", "place", "precision", "rate", "share"], passes)}"""


def large(results, _):
    line = results[-1]["line"]
    return (
        f"`hilbert benchmark speed --workload statevector --qubits 30 --precision float --check`: {line['size']['gates']} gates, "
        f"in {line['first']:.0f} s, norm {line['norm']}, at most {line['peak_mb'] / 1024:.2f} GiB of memory (the state: 8).\n")


GROWTH = """## Growth

![Time against layers, batch and qubits](Figures/growth.svg)

Drawn by `swift run -c release --package-path Benchmarks MicroBenchmarks --growth Documentation/Figures/growth.svg`: training
steps and whole states in single precision, each time divided by the first of its curve. Where time grows linearly with layers and
batch and as 2^n with qubits, curves run parallel to the line of twice the time.
"""
TITLES = {
    "training-step": (
        "Training step",
        """RX of the features, strongly entangling layers, <Z_i> of every qubit, cross entropy of their softmax:
loss, and gradients of all weights and features.

"""),
    "adjoint": (
        "Gradient of one circuit",
        """RY, RZ and a chain of CX in layers; the value and the gradient of an observable of 20 Pauli words.

"""),
    "statevector": ("State vector", "Ten layers of RX, RY, RZ on every qubit and CX or CZ between neighbours.\n\n"),
    "qft": ("Fourier transform", "A product state, then the gates of the transform with its swaps.\n\n"),
    "kernel": (
        "Kernel matrix",
        """The Gram matrix of the ZZ feature map, exact. The limit is that of the product; a share of 80 % meets the
goal as well.

"""),
    "sampling": ("Sampling", "A circuit of four layers, and 1,000,000 bit strings.\n\n"),
    "density": (
        "Density matrix",
        """Ten layers of RY, RZ and CX on pairs; after every gate depolarizing noise and damping on its qubits. The limit
counts real matrices on Pauli components.

"""),
    "trajectories": (
        "Trajectories",
        """The same circuit in 1,000 quantum trajectories, each with a bit string. A peer whose call takes longer than
20 seconds has one.

"""),
    "cold-start": (
        "Cold start",
        """A fresh process: a circuit of 4 qubits, its value and gradient, from start to end (files in memory). The
goals are 12 ms, and 20 times less than packages that train hybrid models.

"""),
    "threads": (
        "One thread and two",
        """In cache 1.8 times is the goal, beyond it 1.6; small work must not be slower on two.

"""),
    "kernels": (
        "Kernels beside the machine",
        """Dense matrices in the cache of one core, as a share of its multiply-adds: the time of 2^14 amplitudes less that of
2^12, so that resolving the matrix is not in it. The goal is 70 % on AVX-512 and AVX2.

"""),
    "30-qubits": ("30 qubits", ""),
}
SHARE = "share of the limit"
BODIES = {"training-step": training, "threads": threads, "cold-start": cold_start, "kernels": kernels, "30-qubits": large}


def fastest(result):
    counted = {peer: seconds for peer, seconds in result["peers"].items() if peer not in rows.BY_HAND}
    return min(counted.items(), key=lambda item: item[1], default=(None, None))


def ratio(result):
    peer, seconds = fastest(result)
    return f"{seconds / result['ours']:.1f}" if peer else "-"


def order(row):
    return [row.get(key, 0) for key in ("qubits", "layers", "batch", "samples")] + [row["precision"]]


def readable(seconds):
    unit, scale = next(u for u in (("s", 1), ("ms", 1e3), ("us", 1e6)) if seconds * u[1] >= 1 or u[0] == "us")
    return f"{seconds * scale:.3g} {unit}"


def table(head, lines):
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [head, ["---"] * len(head), *lines]) + "\n"
