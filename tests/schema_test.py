#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Casus authors
# SPDX-License-Identifier: Apache-2.0
"""Holds files to their JSON Schemas.

    schema_test.py SCHEMA_FOLDER PATH...

A PATH is a case folder (every file of it that has a schema) or one file such as belief.json.
Ends with 0 if all agree, 1 if one does not, 77 where jsonschema or yaml is not installed.
"""
import json
import pathlib
import re
import sys
import warnings

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"skipped: Python's {missing.name} is not installed")
    sys.exit(77)

SCHEMA_OF = {
    name: name.rsplit(".", 1)[0] + ".schema.json"
    for name in ["case.yaml", "theatre.yaml", "actors.yaml", "map.yaml", "forces.yaml", "relations.yaml",
                 "sources.yaml", "hypotheses.yaml", "options.yaml", "questions.yaml", "parameters.yaml", "outcome.yaml",
                 "analysts.yaml", "base_rates.yaml", "games.yaml", "weightings.yaml", "studies.json",
                 "belief.json", "comparison.json", "answers.json", "score.json",
                 "solution.json"]
} | {"reports.jsonl": "report.schema.json"}


class Loader(yaml.SafeLoader):
    """YAML as the case reader takes it: days, yes and no are words, 5e10 is a number."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if not tag.endswith((":timestamp", ":bool"))]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))
Loader.add_implicit_resolver("tag:yaml.org,2002:float",
                             re.compile(r"^[-+]?[0-9]+(\.[0-9]+)?[eE][-+]?[0-9]+$"), list("-+0123456789"))


def documents(path):
    """Pairs of (place, value) in a file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                yield f"{path}:{number}", json.loads(line)
    elif path.suffix == ".json":
        yield str(path), json.loads(text)
    else:
        yield str(path), yaml.load(text, Loader)


def main(schema_folder, paths):
    folder = pathlib.Path(schema_folder)
    schemas = {p.name: json.loads(p.read_text(encoding="utf-8")) for p in folder.glob("*.schema.json")}
    store = {schema["$id"]: schema for schema in schemas.values()}
    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    files = []
    for path in map(pathlib.Path, paths):
        files += sorted(f for f in path.iterdir() if f.name in SCHEMA_OF) if path.is_dir() else [path]
    wrong = 0
    for file in files:
        schema = schemas[SCHEMA_OF[file.name]]
        warnings.simplefilter("ignore", DeprecationWarning)  # the resolver of Debian 12's version
        resolver = jsonschema.RefResolver(schema["$id"], schema, store=store)
        validator = jsonschema.Draft202012Validator(schema, resolver=resolver)
        for place, value in documents(file):
            for error in sorted(validator.iter_errors(value), key=lambda e: list(map(str, e.path))):
                wrong += 1
                print(f"{place}: {'/'.join(map(str, error.path))}: {error.message[:300]}")
    print(f"{len(files)} files, {wrong} disagreements")
    return 1 if wrong or not files else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        print(__doc__)
        sys.exit(64)
    sys.exit(main(sys.argv[1], sys.argv[2:]))
