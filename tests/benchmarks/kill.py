"""A batch killed at random and resumed, time and again, against the same batch never killed: the bytes must be equal.

    python tests/benchmarks/kill.py [--documents 500] [--kills 20] [--workers 2] [--seed 1] [--cheap]

The program itself runs, with the shipped pipeline; with ``--cheap`` the reading without a pipeline that the tests use,
where a kill falls more often on the journal and on the last step than on the reading. Half of the kills end only the
first process (its workers have to follow), the others end it with all its workers at once. Prints one line a kill and
the verdict; exit code 1 when bytes differ.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-c", "from extractor.cli.main import main; main()"]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT), "CHEAP_SECONDS": "0.01"}
NAMES = ("Orla Quint", "Tomas Verrin", "Ada Lindqvist-Moor", "Wen Abara")
SENTENCES = (
    "“We built {n},{m:03} homes last year,” said {name}, the mayor of Tarrow.",
    "{name} argued that rents will fall by {k} percent within two years.",
    "According to the council, {n} in {m} buses ran late.",
    "“Nobody asked the ferrymen,” {name} told the assembly, “and nobody will.”",
    "The bridge at Penmoor cost £{k}.{n}m, twice what was promised.",
    "It rained on the day of the vote.",
)


def write_documents(path: Path, count: int, chance: random.Random) -> None:
    """Letters of three to a dozen sentences, one in fifty of them broken."""
    with path.open("w", encoding="utf-8") as stream:
        for number in range(count):
            sentences = [
                chance.choice(SENTENCES).format(
                    name=chance.choice(NAMES),
                    n=chance.randint(2, 9),
                    m=chance.randint(10, 999),
                    k=chance.randint(3, 60),
                )
                for _ in range(chance.randint(3, 12))
            ]
            broken = number % 50 == 49
            stream.write(
                json.dumps({"id": f"letter-{number}", **({} if broken else {"text": " ".join(sentences)})}) + "\n"
            )


def command(source: Path, output: Path, workers: int, cheap: bool) -> list[str]:
    """The run over the batch."""
    if cheap:
        program = ROOT / "tests" / "corpus" / "cheap.py"
        return [sys.executable, str(program), str(source), str(output), str(workers), "--resume"]
    return [*PROGRAM, "extract", str(source), "-o", str(output), "-w", str(workers), "-q", "--resume"]


def start(arguments: list[str]) -> "subprocess.Popen[bytes]":
    """The run as a group of its own."""
    return subprocess.Popen(arguments, env=ENVIRONMENT, stderr=subprocess.DEVNULL, start_new_session=True)


def main() -> int:
    """Run it all and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--cheap", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "letters.jsonl"
        whole, output = (Path(folder) / f"{name}.parquet" for name in ("whole", "killed"))
        write_documents(source, options.documents, chance)
        began = time.monotonic()
        start(command(source, whole, options.workers, options.cheap)).wait()
        seconds = time.monotonic() - began
        print(f"{options.documents} documents, never killed: {seconds:.1f} s, {whole.stat().st_size} bytes", flush=True)
        kills = rounds = 0
        while kills < options.kills:
            process = start(command(source, output, options.workers, options.cheap))
            time.sleep(chance.uniform(0, 0.8 * seconds))
            if process.poll() is not None:
                rounds += compare(whole, output)
                continue
            kills += 1
            everything = kills % 2 == 0
            os.killpg(process.pid, signal.SIGKILL) if everything else process.kill()
            process.wait()
            parts = len(list(Path(f"{output}.parts").glob("*.part")))
            print(f"kill {kills}{' of all' if everything else ''}: {parts} parts done", flush=True)
        start(command(source, output, options.workers, options.cheap)).wait()
        rounds += compare(whole, output)
        print(f"{kills} kills, {rounds} finished runs, each byte-identical to the one never killed")
    return 0


def compare(whole: Path, output: Path) -> int:
    """1 when output and failures of the two are the same to the byte, after which the second is cleared away."""
    for suffix in ("", ".failures.jsonl"):
        if Path(f"{whole}{suffix}").read_bytes() != Path(f"{output}{suffix}").read_bytes():
            sys.exit(f"{output.name}{suffix} differs from that of the run never killed")
        Path(f"{output}{suffix}").unlink()
    if Path(f"{output}.parts").exists():
        sys.exit(f"{output.name}.parts is left")
    return 1


if __name__ == "__main__":
    sys.exit(main())
