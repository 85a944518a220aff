"""Makes a checker ready as the options ask for it: in the command itself, and in each worker of a batch."""

import gc
from dataclasses import replace

from tasmat_check import nlp
from tasmat_check import pack as packs
from tasmat_check import people as people_lists
from tasmat_check.config import Config
from tasmat_check.engine import Checker


def checker(config: Config, pack: packs.Pack | None = None) -> Checker:
    """Load the pack (unless it is given) and the people lists; raises PackError, PeopleError or ModelError."""
    if config.pipeline:
        nlp.load(config.pipeline)  # a misspelt name is told even when no post needs the pipeline
    people = [person for path in config.people for person in people_lists.read_people(path).people]
    pack = pack or packs.load(config.pack)
    ready = Checker(
        replace(pack, logos=config.logos or pack.logos),
        people=people,
        role=config.role,
        meaning=not config.no_model,
        pipeline=config.pipeline,
        pictures=not config.no_images,
    )
    gc.freeze()
    gc.enable()
    return ready
