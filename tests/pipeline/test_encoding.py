"""Words to word pieces: what is looked up is what the tokenizer would give."""

from tokenizers import Tokenizer

import extractor
from extractor.pipeline.encoding import WordPieces

VOCABULARY = extractor.model_path() / "encoder" / "tokenizer.json"


def test_a_word_that_is_a_piece_by_itself_is_that_piece() -> None:
    wordpieces, tokenizer = WordPieces(VOCABULARY), Tokenizer.from_file(str(VOCABULARY))
    tokenizer.no_padding()
    pieces = sorted(tokenizer.get_vocab())[::20]
    words = [form for piece in pieces for form in (piece, piece.title(), piece.upper())]
    given = tokenizer.encode_batch(words, add_special_tokens=False)
    assert [wordpieces(word)[0] for word in words] == [found.ids[:16] for found in given]
