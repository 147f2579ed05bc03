"""``extractor text``: the text that offsets count in."""

from extractor.cli.options import Inputs, Report, opened


def text(inputs: Inputs) -> None:
    """The text of a document as it is read: what `start` and `end` count in.

    \b
    Examples:
      extractor text article.txt
      extractor text letters/ | less

    Of one document exactly its text; of several, each under a line with its name.
    """
    from itertools import chain, islice

    from extractor.documents.sources import read_documents

    report = Report()
    report.summary = False
    documents = report.kept(read_documents(inputs))
    first = list(islice(documents, 2))
    with opened(None) as stream:
        for document in chain(first, documents):
            text = f"==> {document.doc_id} <==\n{document.text}\n\n" if len(first) > 1 else document.text
            stream.write(text.encode("utf-8", "replace"))
    report.finish()
