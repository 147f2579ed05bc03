"""Every error that a user can meet, with its code: the one place where codes are given and explained."""

from dataclasses import dataclass

CODES: dict[str, str] = {
    "E101": "There is no such file or folder.",
    "E102": "The file or folder may not be read (no rights to it).",
    "E103": "The folder holds no file of a kind that can be read.",
    "E104": "The input could not be read to its end (the disk or the network failed).",
    "E105": "The document is larger than the limit for one document.",
    "E110": "The input is not text, nor a document of a kind that can be read.",
    "E111": "The file says it is of one kind, but its content is broken or cut short.",
    "E112": "The document is encrypted and asks for a password.",
    "E113": "The document would unpack to far more than its size (a decompression or entity bomb).",
    "E114": "The document holds no text (a scan without a text layer, or an empty page).",
    "E120": "A line of a JSONL input is not a JSON object with a `text` string.",
    "E121": "A table of articles has no `text` column, or a row of it has no text.",
    "E130": "The URL is not http or https, or leads to an address that is not public.",
    "E131": "The page could not be fetched (no answer, an error status, or too many redirects).",
    "E132": "The page took too long or is larger than the limit.",
    "E140": "Reading the document failed inside the program; please report it with the document.",
    "E141": "The document ended the process that read it, each time (out of memory, or a crash in it).",
    "E201": "The pipeline's files are missing or broken: install the package again.",
    "E202": "Worker processes could not be started.",
    "E301": "The output could not be written (no rights, no space, no such folder).",
    "E302": "The format needs a file to be written to: give one with -o.",
    "E303": "No format has this name, or none goes with this suffix.",
    "E304": "Beside the output stands what another run has done: see `--resume`.",
    "E305": "The run to go on with was asked for something else: other options, or another version of the program.",
}
"""Code -> what it means, as `extractor docs errors` prints it."""


class ExtractorError(Exception):
    """An error with a code of `CODES` and one line that says what was met.

    code: a key of `CODES`.
    message: what happened, without the code and without the name of the input.
    """

    def __init__(self, code: str, message: str = "") -> None:
        self.code = code
        self.message = message or CODES[code]
        super().__init__(f"{code} {self.message}")

    def __reduce__(self) -> tuple[type["ExtractorError"], tuple[str, str]]:
        return type(self), (self.code, self.message)  # so that worker processes can hand it back


@dataclass(frozen=True)
class Failure:
    """A document that could not be read; the rest of the batch goes on.

    source: the input as the user named it, with the line for one document among many ("feed.jsonl:17").
    code, message: as in `ExtractorError`.
    """

    source: str
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.source}: {self.code} {self.message}"
