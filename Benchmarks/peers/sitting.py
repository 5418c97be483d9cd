"""One sitting: each row measured in turns (ours, theirs, ours ...), so that what the machine does in between touches all."""
import statistics

import rows
from programs import Failure, Hilbert, Peer

# Seconds: to load, build and call once without compiling, for one turn of timing, of a call above which a turn is one call.
PREPARE_LIMIT, TURN_LIMIT, LONG_CALL = 120, 60, 0.3
# Seconds of a first call that counts as the only turn of its program: trajectories take a minute in double precision.
ONLY_CALL = 20


# Other ways to run ours that have columns of their own.
OTHERS = {"training-step": ["two-phase", "baseline"], "adjoint": ["light-cone"], "density": ["light-cone"]}


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
        notes, ready, once = [], [], []
        for name in row["peers"]:
            try:
                peer = self.peer(name, row["precision"])
                answer = peer.prepare(row, 1200 if compiling else PREPARE_LIMIT)
                if agree(row, line["checksum"], answer["checksum"]):
                    (once if answer["first"] > ONLY_CALL else ready).append((peer, answer["first"]))
                else:
                    notes.append(f"{name} gives {answer['checksum']}, Hilbert {line['checksum']}: not counted")
            except Failure as failure:
                notes.append(f"{name}: {failure}")
        if compiling:
            return dict(notes=notes)
        result = self.in_turns(row, [peer for peer, _ in ready], notes)
        for peer, seconds in once:
            result["peers"][peer.name] = seconds
        return dict(result, notes=notes, checksum=line["checksum"], simd=line["simd"])

    def peer(self, name, precision):
        if reason := self.not_installed.get(name.split(":")[0]):
            raise Failure(f"{reason} could not be installed")
        return self.peers.setdefault((name, precision), Peer(name, precision))

    def in_turns(self, row, peers, notes):
        """The medians of turns of ours and of each peer; of other ways to run ours, where the row has them."""
        ours, theirs = [], {peer.name: [] for peer in peers}
        others = {name: [] for name in OTHERS.get(row["workload"], [])}
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
            for name, seconds in others.items():
                seconds.append(self.other(name, row, samples))
        middle = lambda times: {name: statistics.median(seconds) for name, seconds in times.items() if seconds}
        return dict(ours=statistics.median(ours), peers=middle(theirs), **middle(others))

    def other(self, name, row, samples):
        """Ours in another way."""
        if name == "two-phase":
            return self.hilbert.turn(dict(row, workload="training-step-two-phase"), samples, TURN_LIMIT)["seconds"]
        if name == "light-cone":
            return self.hilbert.turn(row, samples, TURN_LIMIT, "--light-cone")["seconds"]
        return self.hilbert.turn(row, 2, TURN_LIMIT, environment=dict(HILBERT_SIMD="baseline"))["seconds"]

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
    # Five standard errors of the difference of two means of 1,000 bits, of 1,000,000 bits.
    drawn = dict(trajectories=0.25, sampling=5e-3).get(row["workload"])
    tolerance = drawn or (2e-3 if row["precision"] == "float" else 1e-7)
    pairs = [(a, b) for a, b in zip(ours, theirs) if b is not None]
    return bool(pairs) and all(abs(a - b) <= tolerance * max(1, abs(a)) for a, b in pairs)
