"""The spaCy factories. spaCy imports this at start-up, so the components themselves are imported on use."""

from collections.abc import Callable
from typing import Any

from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import registry


@registry.tokenizers("extractor.UnfilledTokenizer.v1")
def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """A tokenizer without rules, which are read from a folder."""
    return lambda nlp: Tokenizer(nlp.vocab)


@Language.factory("extractor_encoder", assigns=["doc._.reading"], default_config={"window": 320, "overlap": 32})
def make_encoder(nlp: Language, name: str, window: int, overlap: int) -> Any:
    """The one pass of the encoder that every other component reads."""
    from extractor.pipeline.encoder import EncoderComponent

    return EncoderComponent(nlp, name, window, overlap)


@Language.factory(
    "extractor_syntax",
    requires=["doc._.reading"],
    assigns=["token.pos", "token.tag", "token.lemma", "token.dep", "token.head", "doc.sents"],
)
def make_syntax(nlp: Language, name: str) -> Any:
    """Sentences, tags, lemmas and a dependency tree."""
    from extractor.pipeline.syntax import SyntaxComponent

    return SyntaxComponent(nlp, name)


@Language.factory("extractor_entities", requires=["doc._.reading"], assigns=["doc.ents"])
def make_entities(nlp: Language, name: str) -> Any:
    """Named entities."""
    from extractor.pipeline.entities import EntitiesComponent

    return EntitiesComponent(nlp, name)


@Language.factory(
    "extractor_attribution", requires=["doc._.reading"], assigns=["doc._.attributions", "doc._.quotations"]
)
def make_attribution(nlp: Language, name: str) -> Any:
    """Attributions: source, cue, content, and the links that join them."""
    from extractor.pipeline.attribution import AttributionComponent

    return AttributionComponent(nlp, name)


@Language.factory("extractor_discourse", requires=["doc._.reading"], assigns=["doc._.worthiness", "doc._.coreference"])
def make_discourse(nlp: Language, name: str) -> Any:
    """What is worth checking, and what may refer to the same thing."""
    from extractor.pipeline.discourse import DiscourseComponent

    return DiscourseComponent(nlp, name)
