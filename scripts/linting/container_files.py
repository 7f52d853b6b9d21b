"""Hook: what a schema cannot say of docker/: that its files fit each other and the rules of the house."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
DOCKER = ROOT / "docker"
SETTINGS = DOCKER / ".env.example"
VARIABLE = re.compile(r"\$\{(\w+)(?::-([^}]*))?\}")
ROOT_USERS = {"", "0", "root"}


def main(names: list[str]) -> int:
    """Check the compose files and Dockerfiles named and return 1 when one has a fault."""
    failed = False
    for name in names:
        path = Path(name)
        check = compose_faults if path.suffix == ".yaml" else dockerfile_faults
        for fault in check(path):
            print(f"{name}: {fault}")
            failed = True
    return int(failed)


def compose_faults(path: Path) -> Iterator[str]:
    """What is wrong with a compose file, in words."""
    text = path.read_text(encoding="utf-8")
    yield from setting_faults(text)
    content = yaml.safe_load(text)
    services, volumes = content["services"], set(content.get("volumes") or ())
    used: set[str] = set()
    for name, service in services.items():
        for fault in [*service_faults(path, service), *dependency_faults(service, services)]:
            yield f"service {name}: {fault}"
        used |= named_volumes(service)
    yield from (f"volume {name} is used and not declared" for name in sorted(used - volumes))
    yield from (f"volume {name} is declared and not used" for name in sorted(volumes - used))


def setting_faults(text: str) -> Iterator[str]:
    """Variables without a default, and differences between the file and .env.example."""
    lines = SETTINGS.read_text(encoding="utf-8").splitlines()
    settings = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    used = dict(VARIABLE.findall(text))
    for name, default in VARIABLE.findall(text):
        if settings.get(name) != default:
            yield f"${{{name}}} falls back to {default!r} and {SETTINGS.name} says {settings.get(name)!r}"
    yield from (f"{name} of {SETTINGS.name} is not used" for name in sorted(set(settings) - set(used)))


def service_faults(path: Path, service: dict) -> Iterator[str]:
    """Rules of the house: never root, no new privileges, watched, started again, its build files there."""
    if str(service.get("user", "")) in ROOT_USERS:
        yield "names no user, or root"
    if "no-new-privileges:true" not in service.get("security_opt", ()):
        yield "lacks security_opt no-new-privileges:true"
    yield from (f"lacks {key}" for key in ("healthcheck", "image", "restart") if not service.get(key))
    if build := service.get("build"):
        context = (path.parent / build["context"]).resolve()
        if not (context / build["dockerfile"]).is_file():
            yield f"there is no {build['dockerfile']} in {build['context']}"


def dependency_faults(service: dict, services: dict) -> Iterator[str]:
    """Services waited for that are not there, or that never say they are healthy."""
    for name, wait in service.get("depends_on", {}).items():
        if name not in services:
            yield f"waits for {name}, which is not there"
        elif wait.get("condition") == "service_healthy" and not services[name].get("healthcheck"):
            yield f"waits for {name} to be healthy, which has no health check"


def named_volumes(service: dict) -> set[str]:
    """The named volumes a service mounts (a path of the host starts with a dot or a slash)."""
    sources = {entry.split(":", 1)[0] for entry in service.get("volumes", ()) if isinstance(entry, str)}
    return {source for source in sources if not source.startswith((".", "/", "~"))}


def dockerfile_faults(path: Path) -> Iterator[str]:
    """Files that a Dockerfile copies and the build would not find."""
    lines = path.with_name(f"{path.name}.dockerignore").read_text(encoding="utf-8").splitlines()
    kept = [line[1:] for line in lines if line.startswith("!")]
    for source in copied(path.read_text(encoding="utf-8")):
        if not (ROOT / source).exists():
            yield f"copies {source}, which is not there"
        elif not any(fnmatch(source, pattern) or source.startswith(f"{pattern}/") for pattern in kept):
            yield f"copies {source}, which {path.name}.dockerignore leaves out"


def copied(text: str) -> Iterator[str]:
    """What the COPY lines of a Dockerfile take from the build context."""
    for line in text.replace("\\\n", " ").splitlines():
        words = shlex.split(line, comments=True)
        if words[:1] == ["COPY"] and not any(word.startswith("--from=") for word in words):
            yield from [word for word in words[1:] if not word.startswith("--")][:-1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
