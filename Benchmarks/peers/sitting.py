"""One sitting: each row measured in turns (ours, theirs, ours ...), so that what the machine does in between touches all."""
import statistics

import rows
from programs import Failure, Hilbert, Peer

# Seconds: to load and build without compiling, for one turn of timing, of a call above which a turn is one call.
PREPARE_LIMIT, TURN_LIMIT, LONG_CALL = 120, 60, 0.3


class Sitting:
    def __init__(self, program, not_installed, rounds):
        self.hilbert, self.rounds, self.peers = Hilbert(program), rounds, {}
        self.not_installed = not_installed

    def close(self):
        for peer in self.peers.values():
            peer.close()

    def compare(self, row, compiling=False):
        """A row of the table. With `compiling`, peers are only prepared: JAX keeps what it compiles for the sitting."""
        line = self.hilbert.turn(row, 0, TURN_LIMIT)
        notes, ready = [], []
        for name in row["peers"]:
            try:
                peer = self.peer(name, row["precision"])
                answer = peer.prepare(row, 1200 if compiling else PREPARE_LIMIT)
                if agree(row, line["checksum"], answer["checksum"]):
                    ready.append(peer)
                else:
                    notes.append(f"{name} gives {answer['checksum']}, Hilbert {line['checksum']}: not counted")
            except Failure as failure:
                notes.append(f"{name}: {failure}")
        if compiling:
            return dict(notes=notes)
        return dict(self.in_turns(row, ready, notes), notes=notes, checksum=line["checksum"], simd=line["simd"])

    def peer(self, name, precision):
        if reason := self.not_installed.get(name.split(":")[0]):
            raise Failure(f"{reason} could not be installed")
        return self.peers.setdefault((name, precision), Peer(name, precision))

    def in_turns(self, row, peers, notes):
        """The medians of turns of ours and of each peer; of other ways to run ours, where the row has them."""
        ours, theirs = [], {peer.name: [] for peer in peers}
        others = {"two-phase": [], "baseline": []} if row["workload"] == "training-step" else {}
        samples = 5
        for _ in range(self.rounds):
            for peer in [*peers] or [None]:
                ours.append(self.hilbert.turn(row, samples, TURN_LIMIT)["seconds"])
                if ours[0] > LONG_CALL:
                    samples = 2
                if peer is None:
                    continue
                try:
                    theirs[peer.name].append(peer.turn(samples, 0.5, TURN_LIMIT))
                except Failure as failure:
                    notes.append(f"{peer.name}: {failure}")
                    peers = [other for other in peers if other is not peer]
            # Whoever is far behind the fastest after a turn cannot be the fastest.
            fastest = min((times[0] for times in theirs.values() if times), default=0)
            peers = [peer for peer in peers if theirs[peer.name][0] <= 3 * fastest]
            if others:
                two_phase = dict(row, workload="training-step-two-phase")
                others["two-phase"].append(self.hilbert.turn(two_phase, samples, TURN_LIMIT)["seconds"])
                environment = dict(HILBERT_SIMD="baseline")
                others["baseline"].append(self.hilbert.turn(row, 2, TURN_LIMIT, environment=environment)["seconds"])
        middle = lambda times: {name: statistics.median(seconds) for name, seconds in times.items() if seconds}
        return dict(ours=statistics.median(ours), peers=middle(theirs), **middle(others))

    def threads(self, row):
        """Ours on one thread and on two."""
        times = {1: [], 2: []}
        for _ in range(max(2, self.rounds)):
            for count, seconds in times.items():
                samples = 2 if seconds and seconds[0] > LONG_CALL else 5
                seconds.append(self.hilbert.turn(row, samples, TURN_LIMIT, f"--threads={count}")["seconds"])
        return dict(one=statistics.median(times[1]), two=statistics.median(times[2]))


def agree(row, ours, theirs):
    """Whether the check values are equal, up to what the precision and sums in another order leave."""
    tolerance = 5e-3 if row["workload"] == "sampling" else 2e-3 if row["precision"] == "float" else 1e-7
    pairs = [(a, b) for a, b in zip(ours, theirs) if b is not None]
    return bool(pairs) and all(abs(a - b) <= tolerance * max(1, abs(a)) for a, b in pairs)
