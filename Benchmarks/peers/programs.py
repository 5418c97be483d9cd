"""The programs that are timed: ours, a process for each turn, and the peers, which stay and are stopped between their turns."""
import json
import os
import pathlib
import select
import signal
import statistics
import subprocess
import sys
import time

import rows

HERE = pathlib.Path(__file__).resolve().parent


class Failure(Exception):
    """A program gave no answer; says why."""


class Hilbert:
    """Ours, started anew for each turn."""

    def __init__(self, program):
        self.program = program

    def turn(self, row, samples, limit, *extra, environment=None):
        """The JSON line of one process."""
        command = [self.program, "benchmark", "speed", "--workload", row["workload"], *rows.options(row)]
        try:
            done = subprocess.run(
                [*command, *(["--check"] if samples == 0 else ["--repeat", str(samples)]), *extra],
                capture_output=True, text=True, timeout=limit, env={**os.environ, **(environment or {})})
            return json.loads(done.stdout)
        except subprocess.TimeoutExpired as error:
            raise Failure(f"took longer than {limit:.0f} s") from error
        except json.JSONDecodeError as error:
            raise Failure(last_line(done.stderr) or f"ended with status {done.returncode}") from error


class Peer:
    """A simulator at one precision, loaded once for all its rows."""

    def __init__(self, name, precision):
        self.name, self.precision, self.process = name, precision, None

    def start(self):
        errors = open(self.log, "w")
        command = [sys.executable, str(HERE / "run_peer.py"), self.name, self.precision]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors)

    @property
    def log(self):
        return pathlib.Path(sys.prefix) / f"{self.name}-{self.precision}.log".replace(":", "-")

    def prepare(self, row, limit):
        """Builds and compiles the row; its check values and the seconds of its first call."""
        if self.process is None:
            self.start()
        return self.ask({key: row[key] for key in ("workload", *rows.SIZES[:-1]) if key in row}, limit)

    def turn(self, samples, spend, limit):
        return statistics.median(self.ask(dict(turn=samples, spend=spend), limit)["seconds"])

    def ask(self, question, limit):
        """The answer. The process runs only until then: its threads must not work, or wait busily, while others are timed."""
        self.process.send_signal(signal.SIGCONT)
        try:
            self.process.stdin.write(json.dumps(question).encode() + b"\n")
            self.process.stdin.flush()
            line, end = b"", time.monotonic() + limit
            while not line.endswith(b"\n"):
                if not select.select([self.process.stdout], [], [], max(0, end - time.monotonic()))[0]:
                    self.close()
                    raise Failure(f"took longer than {limit:.0f} s")
                part = os.read(self.process.stdout.fileno(), 1 << 16)
                if not part:
                    self.close()
                    raise Failure(last_line(self.log.read_text()) or "ended without a word")
                line += part
        except BrokenPipeError as error:
            self.close()
            raise Failure(last_line(self.log.read_text()) or "ended without a word") from error
        self.process.send_signal(signal.SIGSTOP)
        return json.loads(line)

    def close(self):
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None


def last_line(text):
    return (text.strip().splitlines() or [""])[-1][:120]
