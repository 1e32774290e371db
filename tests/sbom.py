"""What is installed to serve the dashboard, as a CycloneDX list: `make sbom` writes dist/escala.cdx.json.

Made from the lock file, which names every package with its version and, in comments, which other needs it;
the licences from the packages as installed. The scripts that are inside the bundle for the browser come from
its manifest. The same files give the same bytes: no time of making, and the serial number follows from the
content.
"""

from __future__ import annotations

import json
import re
import sys
import uuid
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from kpis.version import __version__

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
MANIFEST = ROOT / "dashboard" / "static" / "own" / "manifest.json"
BUNDLE = "plotly.js"  # of the browser, with all that is inside
PINNED = re.compile(r"([a-z0-9._-]+)==([^\s;\\]+)")
NEEDED_BY = re.compile(r"# +(?:via )?([a-z0-9._-]+)(?: \(pyproject\.toml\))?$")
LICENCE_CLASS = "License :: OSI Approved :: "
SPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "escala.sbom")


def packages(lock: str) -> dict[str, tuple[str, list[str]]]:
    """Version of each package of a lock file, and the packages that need it (`escala` itself among them)."""
    locked: dict[str, tuple[str, list[str]]] = {}
    name = ""
    for line in lock.splitlines():
        if pinned := PINNED.match(line):
            name = pinned[1]
            locked[name] = (pinned[2], [])
        elif name and (needed := NEEDED_BY.match(line.strip())) and needed[1] != "via":
            locked[name][1].append(needed[1])
    return locked


def licence(name: str) -> str | None:
    """The licence that an installed package states; None if it states none or is not installed."""
    try:
        fields = metadata(name)
    except PackageNotFoundError:
        return None
    if expression := fields.get("License-Expression"):
        return expression
    classes = [
        classifier.removeprefix(LICENCE_CLASS)
        for classifier in fields.get_all("Classifier") or []
        if LICENCE_CLASS in classifier
    ]
    stated = "; ".join(classes) or (fields.get("License") or "").strip().partition("\n")[0]
    return stated or None


def scripts(manifest: str) -> list[dict[str, Any]]:
    """A component for each script package inside the bundle for the browser."""
    parts = json.loads(manifest)[BUNDLE]["parts"]
    named = (_named(f"pkg:npm/{name}@{version}", name, version, terms) for name, version, terms in parts)
    return [{"type": "library"} | component for component in named]


def sbom(lock: str, manifest: str) -> dict[str, Any]:
    """The list as CycloneDX 1.6: a component for each package, and what depends on what."""
    locked = packages(lock)
    references = {name: _reference(name, version) for name, (version, _) in locked.items()}
    references["escala"] = _reference("escala", __version__)
    bundled = scripts(manifest)
    needs: dict[str, list[str]] = {reference: [] for reference in references.values()}
    needs |= {component["bom-ref"]: [] for component in bundled}
    needs[references["escala"]] += [component["bom-ref"] for component in bundled]
    for name, (_, by) in locked.items():
        for package in by:
            needs[references[package]].append(references[name])
    document: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {"type": "application"}
            | _named(references["escala"], "escala", __version__, "Apache-2.0")
        },
        "components": [
            *(
                {"type": "library"} | _named(references[name], name, version, licence(name))
                for name, (version, _) in sorted(locked.items())
            ),
            *bundled,
        ],
        "dependencies": [
            {"ref": reference, "dependsOn": sorted(needs[reference])} for reference in sorted(needs)
        ],
    }
    return {"serialNumber": f"urn:uuid:{uuid.uuid5(SPACE, json.dumps(document))}"} | document


def _reference(name: str, version: str) -> str:
    return f"pkg:pypi/{name}@{version}"


def _named(reference: str, name: str, version: str, terms: str | None) -> dict[str, Any]:
    named = {"bom-ref": reference, "name": name, "version": version, "purl": reference}
    return named | ({"licenses": [{"license": {"name": terms}}]} if terms else {})


def main(out: Path) -> None:
    """Writes the list to `out`."""
    out.parent.mkdir(parents=True, exist_ok=True)
    document = sbom(LOCK.read_text(encoding="utf-8"), MANIFEST.read_text(encoding="utf-8"))
    out.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{out}: {len(document['components'])} packages")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
