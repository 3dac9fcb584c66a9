"""Which reports are stale and why, and building them side by side; a failed report never hides the last good one."""

from __future__ import annotations

import concurrent.futures as futures
import contextlib
import re
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from egov_model.inputs.errors import EgovModelError
from egov_model.report.execute import LIMIT, ROOT, plain
from egov_model.report.freshness import Job, Record, digest, file_of, links, parts, read_manifest, stale, write_manifest
from egov_model.report.page import Link
from egov_model.report.render import Kernels, RenderError, render

__all__ = ["BuildResult", "Failure", "Job", "Record", "build", "read_manifest"]


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
) -> BuildResult:
    """Build what is stale among the reports that should exist, `jobs` at a time, and keep `out/manifest.json` true throughout.

    jobs_list: every report that should exist (the links between reports are made of it); only: names of those to look at now;
    None: all, and reports whose scenario or notebook is gone are removed. say: takes one line of progress.
    A report that fails is named in the result and the others go on. Ctrl-C ends all kernels, keeps what is finished and goes on up.
    """
    records = read_manifest(out)
    chosen = [job for job in jobs_list if only is None or job.name in only]
    keys = parts(jobs_list, root)
    removed = remove_gone(records, jobs_list, out, say) if only is None else ()
    why = {job.name: reason for job in chosen if (reason := stale(job, keys[job.name], records, out, force))}
    todo = [job for job in chosen if job.name in why]
    built: list[str] = []
    failed: list[Failure] = []
    kernels, pool = Kernels(), futures.ThreadPoolExecutor(max(1, jobs), thread_name_prefix="report")
    try:
        running = {pool.submit(_timed, job, out, links(job, jobs_list), limit, kernels): job for job in todo}
        for done in _as_completed(running):
            job, (seconds, reason) = running[done], done.result()
            name, target = job.name, file_of(out, job.name)
            html = digest(target.read_bytes()) if target.exists() else ""
            records[name] = Record(keys[name], "failed" if reason else "ok", reason, html)
            write_manifest(out, records)
            count = f"[{len(built) + len(failed) + 1:>{len(str(len(todo)))}}/{len(todo)}] {name}"
            if reason:
                failed.append(Failure(name, reason, target.exists()))
                say(f"{count}  FAILED  {reason}\n" + ("  the last good report is kept" if target.exists() else "  there is no report yet"))
            else:
                built.append(name)
                say(f"{count}  {seconds:.1f} s  ({why[name]})")
    except BaseException:
        kernels.stop()  # its thread then ends by itself, within a second
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    if removed or not todo:
        write_manifest(out, records)
    fresh = tuple(job.name for job in chosen if job.name not in why)
    say(summary(len(built), len(failed), len(fresh)))
    return BuildResult(tuple(sorted(built)), tuple(sorted(failed, key=lambda failure: failure.name)), fresh, tuple(removed))


def _as_completed(running: Iterable[futures.Future[tuple[float, str]]]) -> Iterable[futures.Future[tuple[float, str]]]:
    """Like the library's, but it wakes twice a second: on Windows a wait without end cannot be interrupted by Ctrl-C."""
    waiting = set(running)
    while waiting:
        done, waiting = futures.wait(waiting, timeout=0.5, return_when=futures.FIRST_COMPLETED)
        yield from done


def _timed(job: Job, out: Path, row: Sequence[Link], limit: float, kernels: Kernels) -> tuple[float, str]:
    """Render one report; its seconds and, when it failed, why."""
    start, reason = time.perf_counter(), ""
    data = "" if job.data.resolve() == ROOT / "data" else str(job.data.resolve())  # no path of this machine for the project's own
    parameters = {"scenario": job.scenario, "language": job.language, "data": data}
    if not job.scenario:
        del parameters["scenario"]
    try:
        render(job.notebook, file_of(out, job.name), parameters, language=job.language, links=row, limit=limit, kernels=kernels)
    except RenderError as error:
        reason = ": ".join(filter(None, (error.cell, error.reason)))
    except EgovModelError as error:
        reason = plain("", str(error))
    except Exception as error:  # a fault of ours in one report must not take the others down
        reason = plain(type(error).__name__, str(error))
    return time.perf_counter() - start, reason


def remove_gone(records: dict[str, Record], jobs_list: Sequence[Job], out: Path, say: Callable[[str], None]) -> tuple[str, ...]:
    """Remove reports whose scenario or notebook does not exist any more, in whatever language, from disk and from the records."""
    wanted = {(job.scenario, job.notebook.stem) for job in jobs_list}
    gone = [name for name in sorted(records) if _origin(name) not in wanted]
    for name in gone:
        file = file_of(out, name)
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)
            if file.parent != out:
                file.parent.rmdir()  # only when it was the last of its scenario
        del records[name]
        say(f"removed {name}: its scenario or notebook does not exist any more")
    return tuple(gone)


def _origin(name: str) -> tuple[str, str]:
    """Scenario and notebook of a report's name."""
    scenario, _, stem = name.rpartition("/")
    return scenario, re.sub(r"\.[a-z]{2}$", "", stem)


def summary(built: int, failed: int, fresh: int) -> str:
    """The last line of a build."""
    if not built and not failed:
        return f"{fresh} {'report' if fresh == 1 else 'reports'} up to date; nothing to do"
    told = [f"{count} {what}" for count, what in ((built, "built"), (failed, "failed"), (fresh, "up to date")) if count]
    return "reports: " + ", ".join(told)
