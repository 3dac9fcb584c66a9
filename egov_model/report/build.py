"""Which reports are stale and why, and building them side by side; a failed report never hides the last good one."""

from __future__ import annotations

import concurrent.futures as futures
import contextlib
import functools
import os
import re
import subprocess
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from egov_model.inputs.errors import EgovModelError
from egov_model.inputs.place import ROOT
from egov_model.report.execute import LIMIT
from egov_model.report.failure import STDERR, RenderError, plain
from egov_model.report.farm import Farm, place_of
from egov_model.report.forks import WarmError
from egov_model.report.freshness import (
    FIGURES,
    FILES,
    MANIFEST,
    Job,
    Record,
    hashes_of,
    links,
    notebook_cells,
    parts,
    read_manifest,
    stale,
    write_manifest,
)
from egov_model.report.page import Link
from egov_model.report.render import render
from egov_model.report.running import Kernels
from egov_model.report.scratch import scratch, sweep
from egov_model.report.traces import built_from
from egov_model.report.uses import FIGURES as FILES_MADE
from egov_model.report.uses import PACKAGE, front_door

__all__ = ["BuildResult", "Failure", "Job", "Record", "build", "read_manifest"]

UP_TO_DATE = "inputs, notebook, links, code and its commit, libraries and file are as when it was built"


@dataclass(frozen=True)
class Failure:
    """A report that could not be built, why, and whether an older one is still there."""

    name: str
    reason: str
    kept: bool


@dataclass(frozen=True)
class BuildResult:
    """Names of the reports that were built, failed, were up to date, were removed."""

    built: tuple[str, ...]
    failed: tuple[Failure, ...]
    fresh: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return not self.failed


def build(
    jobs_list: Sequence[Job],
    *,
    out: Path,
    jobs: int = 2,
    force: bool = False,
    say: Callable[[str], None],
    only: Collection[str] | None = None,
    limit: float = LIMIT,
    root: Path = ROOT,
    why: bool = False,
) -> BuildResult:
    """Build what is stale among the reports that should exist, `jobs` at a time, and keep `out/manifest.json` true throughout.

    jobs_list: every report that should exist (the links between reports are made of it); only: names of those to look at now;
    None: all, and reports whose scenario or notebook is gone are removed. say: takes one line of progress; why: also say why a report is
    left as it is; limit: seconds a report may take.
    A report that fails is named in the result and the others go on. Ctrl-C ends all kernels, keeps what is finished and goes on up.
    """
    sweep()
    with alone(out, say):
        return _build(jobs_list, out, jobs, force, say, only, limit, root, why)


def _build(
    jobs_list: Sequence[Job], out: Path, jobs: int, force: bool, say: Callable[[str], None],
    only: Collection[str] | None, limit: float, root: Path, why: bool,
) -> BuildResult:  # fmt: skip
    records = read_manifest(out)
    chosen = [job for job in jobs_list if only is None or job.name in only]
    keys = parts(jobs_list, root)
    removed = remove_gone(records, jobs_list, out, say) if only is None else ()
    reasons = {job.name: reason for job in chosen if (reason := stale(job, keys[job.name], records, out, force))}
    todo = [job for job in chosen if job.name in reasons]
    for job in chosen if why else ():
        if job.name not in reasons:
            say(f"{job.name}  up to date ({UP_TO_DATE})")
    built: list[str] = []
    failed: list[Failure] = []
    kernels, pool = Kernels(), futures.ThreadPoolExecutor(max(1, jobs), thread_name_prefix="report")
    begun = time.monotonic()
    try:
        farm = Farm(todo, {job.name: names_asked(job.notebook) for job in todo}, kernels)
        told = {job.name: built_from(job, keys[job.name]) for job in todo}
        running = {pool.submit(_timed, job, out, links(job, jobs_list), told[job.name], limit, kernels, farm): job for job in todo}
        for done in _as_completed(running):
            job, (seconds, reason) = running[done], done.result()
            name, kept = job.name, all((out / file).exists() for file in job.files)
            records[name] = Record(keys[name], "failed" if reason else "ok", reason, hashes_of(out, job.files), dict(told[name]))
            write_manifest(out, records)
            count = f"[{len(built) + len(failed) + 1:>{len(str(len(todo)))}}/{len(todo)}] {name}"
            if reason:
                failed.append(Failure(name, reason, kept))
                say(f"{count}  FAILED  {reason}\n" + ("  the last good report is kept" if kept else "  there is no report yet"))
            else:
                built.append(name)
                left = time_left(len(built) + len(failed), len(todo), time.monotonic() - begun)
                say(f"{count}  {seconds:.1f} s  ({reasons[name]}){left}")
    finally:
        kernels.stop()  # a report that is being built then ends by itself, within a second
        pool.shutdown(wait=True, cancel_futures=True)
    if removed or not (out / MANIFEST).exists():
        write_manifest(out, records)
    fresh = tuple(job.name for job in chosen if job.name not in reasons)
    say(summary(*(len([name for name in names if is_report(name)]) for names in (built, [each.name for each in failed], fresh))))
    return BuildResult(tuple(sorted(built)), tuple(sorted(failed, key=lambda failure: failure.name)), fresh, tuple(removed))


def names_asked(notebook: Path | None) -> frozenset[str]:
    """Names of the front door in the cells of a notebook, or in the module that makes the files beside the reports."""
    cells = [source for *_, source in notebook_cells(notebook) or ()]
    text = "\n".join(cells) if notebook else (ROOT / PACKAGE / FILES_MADE).read_text(encoding="utf-8")
    return frozenset(front_door(ROOT)) & set(re.findall(r"\w+", text))


@contextlib.contextmanager
def alone(out: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Wait until no other build works in the folder, where the system can tell, and clear away what a killed one left half written."""
    try:
        import fcntl

        out.mkdir(parents=True, exist_ok=True)
        held = os.open(out, os.O_RDONLY)
    except (ImportError, OSError):  # Windows; a folder that cannot be made is told by the first file that cannot be written
        yield
        return
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say(f"another build works in {out.name}/; waiting for it")
            fcntl.flock(held, fcntl.LOCK_EX)
        for part in [*out.glob(".*.part"), *out.glob("*/.*.part"), *out.glob("*/*/.*.part")]:
            part.unlink(missing_ok=True)
        yield
    finally:
        os.close(held)


def time_left(done: int, all_of_them: int, seconds: float) -> str:
    """About how long the rest takes, at the speed so far; nothing while that is a guess or hardly anything."""
    left = seconds / done * (all_of_them - done)
    return f"  about {left / 60:.0f} min left" if left >= 90 else f"  about {left:.0f} s left" if done > 2 and left >= 5 else ""


def _as_completed(running: Iterable[futures.Future[tuple[float, str]]]) -> Iterable[futures.Future[tuple[float, str]]]:
    """Like the library's, but it wakes twice a second: on Windows a wait without end cannot be interrupted by Ctrl-C."""
    waiting = set(running)
    while waiting:
        done, waiting = futures.wait(waiting, timeout=0.5, return_when=futures.FIRST_COMPLETED)
        yield from done


def _timed(
    job: Job, out: Path, row: Sequence[Link], told: Sequence[tuple[str, object]], limit: float, kernels: Kernels, farm: Farm
) -> tuple[float, str]:
    """Build one report, or the files beside those of a scenario; its seconds and, when it failed, why. told: what it is built from."""
    start, reason = time.perf_counter(), ""
    try:
        if job.notebook is None:
            reason = _beside(job, out, limit, kernels, farm)
        else:
            asked = {"scenario": job.scenario, "agency": job.agency}
            parameters = {name: value for name, value in asked.items() if value} | {"language": job.language, "data": place_of(job.data)}
            forked = functools.partial(farm.of, job)
            target = out / job.files[0]
            frame = {"language": job.language, "links": row, "facts": told}
            render(job.notebook, target, parameters, limit=limit, kernels=kernels, warm=forked, **frame)
    except RenderError as error:
        reason = ": ".join(filter(None, (error.cell, error.reason)))
    except EgovModelError as error:
        reason = plain("", str(error))
    except Exception as error:  # a fault of ours in one report must not take the others down
        reason = plain(type(error).__name__, str(error))
    finally:
        farm.done(job)
    return time.perf_counter() - start, reason


def _beside(job: Job, out: Path, limit: float, kernels: Kernels, farm: Farm) -> str:
    """Write the files beside the reports in a forked process, where there is one; why that failed, or nothing."""
    arguments = {"data": place_of(job.data), "folder": str(out.resolve() / job.scenario)}
    function = "make_files" if job.language else "make_figures" if job.scenario else "make_comparison"
    arguments |= {name: value for name in ("scenario", "language") if (value := getattr(job, name))}
    warm = farm.of(job)
    if warm is None:
        from egov_model.report import exports

        getattr(exports, function)(**arguments)
        return ""
    with scratch() as place:
        told = place / STDERR
        try:
            process = warm.call(f"egov_model.report.exports:{function}", arguments, str(ROOT), str(told))
            kernels.add(place, process)
            status = process.wait(limit)
        except WarmError as error:
            return plain("", str(error))
        except subprocess.TimeoutExpired:
            return f"took longer than the time limit of {limit:g} s"
        finally:
            kernels.drop(place)
        said = told.read_text(encoding="utf-8").strip() if status else ""
        return (said.splitlines() or ["the process died"])[-1] if status else ""


def remove_gone(records: dict[str, Record], jobs_list: Sequence[Job], out: Path, say: Callable[[str], None]) -> tuple[str, ...]:
    """Remove reports whose scenario or notebook does not exist any more, in whatever language, from disk and from the records."""
    wanted = {_origin(job.name) for job in jobs_list}
    gone = [name for name in sorted(records) if _origin(name) not in wanted]
    for name in gone:
        for file in [out / path for path in records[name].files]:
            with contextlib.suppress(OSError):
                file.unlink(missing_ok=True)
                for folder in file.relative_to(out).parents[:-1]:
                    (out / folder).rmdir()  # only when it was the last in it
        del records[name]
        if is_report(name):
            say(f"removed {name}: its scenario, notebook or agency does not exist any more")
    return tuple(gone)


def is_report(name: str) -> bool:
    """Whether a name of the manifest is that of a report, not of the files beside them."""
    folder, stem = _origin(name)
    return stem not in (FIGURES, FILES) or "/" in folder  # an agency may be called anything


def _origin(name: str) -> tuple[str, str]:
    """Folder and notebook (or agency) of a report's name."""
    scenario, _, stem = name.rpartition("/")
    return scenario, re.sub(r"\.[a-z]{2}$", "", stem)


def summary(built: int, failed: int, fresh: int) -> str:
    """The last line of a build."""
    if not built and not failed:
        return f"{fresh} {'report' if fresh == 1 else 'reports'} up to date; nothing to do"
    told = [f"{count} {what}" for count, what in ((built, "built"), (failed, "failed"), (fresh, "up to date")) if count]
    return "reports: " + ", ".join(told)
