"""The machine and the versions of a sitting, as the document names them."""
import os
import pathlib
import platform
import subprocess


def processor():
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def memory():
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"


def system():
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.system()


def swift():
    lines = subprocess.run(["swift", "--version"], capture_output=True, text=True).stdout.splitlines()
    return next((line for line in lines if "Swift version" in line), "Swift")


def packages():
    lines = pathlib.Path(__file__).with_name("requirements.txt").read_text().splitlines()
    return [line.split()[0] for line in lines]
