"""The commit that code is of, in real repositories: only what touched it counts, and nothing is claimed that git does not know."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from git_samples import commit, git, write

from egov_model.report import commits as module
from egov_model.report.commits import committed, history, newest

A, B, NOTE = "egov_model/a.py", "egov_model/b.py", "notebooks/01.ipynb"


@pytest.fixture
def root(tmp_path) -> Path:
    """A repository with a package of two modules and a notebook, each of a commit of its own."""
    made = tmp_path / "proyek"
    made.mkdir()
    git(made, "init", "-q")
    commit(made, egov_model__a_py="x = 1")
    commit(made, egov_model__b_py="x = 1")
    write(made / "notebooks", **{"01.ipynb": "{}"})
    commit(made)
    return made


def id_of(root: Path, back: int) -> str:
    return git(root, "rev-parse", f"HEAD~{back}")[:12]


def said(root: Path) -> list[str]:
    known = history(root)
    return [known.version([name]) for name in (A, B, NOTE)]


def test_each_file_has_its_last_commit_and_several_the_newest_of_theirs(root):
    first, second, third = (id_of(root, back) for back in (2, 1, 0))
    assert said(root) == [first, second, third] and newest(root)[:12] == third
    known = history(root)
    assert known.version([A, B]) == second and known.version([A, B, NOTE]) == third
    again = commit(root, egov_model__a_py="x = 2")
    assert said(root) == [again, second, third]


def test_a_commit_of_anything_else_changes_nothing(root):
    before, seen = said(root), newest(root)
    commit(root, README="x", data__settings="x", tests__test_a_py="x")
    assert said(root) == before and newest(root) == seen


@pytest.mark.parametrize("way", ["edited", "staged", "gone", "forgotten"])
def test_a_file_that_is_not_as_committed_is_marked_and_no_other(root, way):
    first, second, _ = said(root)
    if way in ("edited", "staged"):
        write(root, egov_model__a_py="x = 2")
    if way == "gone":
        (root / A).unlink()
    if way == "staged":
        git(root, "add", "-A")
    if way == "forgotten":
        git(root, "rm", "-q", "--cached", A)
    assert said(root)[:2] == [f"{first}-dirty", second]
    assert history(root).version([A, B]) == f"{second}-dirty", "the commit of both, from which one differs"


def test_a_new_file_and_one_that_was_taken_out_belong_to_no_commit(root):
    first, second, _ = said(root)
    write(root, egov_model__c_py="", **{".gitignore": "a.py\n"})
    git(root, "rm", "-q", "--cached", A)
    git(root, "commit", "-qm", "keluar")
    known = history(root)
    assert [known.version([name]) for name in (A, "egov_model/c.py")] == ["", ""]
    assert known.version([A, B]) == known.version([B, "egov_model/c.py"]) == f"{second}-dirty"
    assert first not in known.version([A, B])


def test_neither_a_date_nor_a_right_to_run_makes_a_file_another(root):
    before = said(root)
    (root / A).chmod(0o755)
    os.utime(root / B, (1, 1))
    index = (root / ".git/index").read_bytes()
    assert said(root) == before and (root / ".git/index").read_bytes() == index


def test_what_a_merge_brings_is_of_the_merge_and_what_it_refuses_of_nobody(root):
    first, second, third = said(root)
    git(root, "checkout", "-qb", "cabang", "HEAD~1")
    commit(root, egov_model__a_py="x = 2")
    git(root, "checkout", "-q", "utama")
    git(root, "merge", "-q", "--no-ff", "-m", "gabung", "cabang")
    merge = id_of(root, 0)
    assert said(root) == [merge, second, third] and newest(root)[:12] == merge
    git(root, "checkout", "-q", "cabang")
    commit(root, egov_model__b_py="x = 3")
    git(root, "checkout", "-q", "utama")
    git(root, "merge", "-q", "-s", "ours", "-m", "tolak", "cabang")
    assert said(root) == [merge, second, third] and newest(root)[:12] == merge


def test_without_git_a_repository_or_a_commit_there_is_no_version(root, tmp_path, monkeypatch):
    bare = Path(shutil.copytree(root, tmp_path / "zip", ignore=shutil.ignore_patterns(".git")))
    assert said(bare) == ["", "", ""] and newest(bare) == "" and committed(bare, A) == b""
    git(bare, "init", "-q")
    assert said(bare) == ["", "", ""] and newest(bare) == ""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert said(root) == ["", "", ""] and newest(root) == ""


def test_a_git_that_does_not_answer_is_none(root, monkeypatch):
    monkeypatch.setattr(module, "SECONDS", 0)
    assert said(root) == ["", "", ""] and newest(root) == ""


@pytest.mark.parametrize("ignored", [False, True])
def test_a_folder_below_a_repository_that_knows_nothing_of_it_has_no_version(root, tmp_path, ignored):
    outer = tmp_path / "luar"
    commit_first(outer, **({".gitignore": "proyek/\n"} if ignored else {}))
    inner = Path(shutil.copytree(root, outer / "proyek", ignore=shutil.ignore_patterns(".git")))
    assert said(inner) == ["", "", ""] and newest(inner) == ""
    write(outer, lain_py="x = 2")
    git(outer, "commit", "-qm", "lain", "lain.py")
    assert newest(inner) == "", "what others commit is nothing to it"


def test_a_folder_of_a_larger_repository_has_the_commits_of_that(root, tmp_path):
    outer = tmp_path / "luar"
    first = commit_first(outer, **{"proyek__egov_model__a_py": "x = 1", "egov_model__b_py": "not ours"})
    second = commit(outer, proyek__egov_model__b_py="x = 1")
    inner = outer / "proyek"
    assert said(inner) == [first, second, ""]
    commit(outer, egov_model__a_py="not ours")
    write(inner, egov_model__b_py="x = 2")
    assert said(inner) == [first, f"{second}-dirty", ""]
    assert committed(inner, B) == b"x = 1" and newest(inner)[:12] == second


def commit_first(folder: Path, **texts: str) -> str:
    folder.mkdir()
    git(folder, "init", "-q")
    return commit(folder, lain_py="x = 1", **texts)


def test_a_worktree_and_a_submodule_say_what_the_repository_says(root, tmp_path):
    before, seen = said(root), newest(root)
    git(root, "worktree", "add", "-q", "-b", "cabang", str(tmp_path / "pohon"))
    assert said(tmp_path / "pohon") == before and newest(tmp_path / "pohon") == seen
    outer = tmp_path / "luar"
    commit_first(outer)
    git(outer, "submodule", "--quiet", "add", str(root), "dalam")
    commit(outer)
    assert said(outer / "dalam") == before and newest(outer / "dalam") == seen
    write(outer / "dalam", egov_model__a_py="x = 2")
    assert said(outer / "dalam")[0] == f"{before[0]}-dirty"


def test_where_a_shallow_clone_ends_it_may_have_been_an_earlier_commit(root, tmp_path):
    whole = said(root)
    clone = tmp_path / "dangkal"
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{root}", str(clone))
    end, seen = id_of(root, 1), newest(clone)
    assert said(clone) == [f"{end}-shallow", f"{end}-shallow", whole[2]]
    write(clone, egov_model__a_py="x = 2")
    assert said(clone)[0] == f"{end}-shallow-dirty"
    git(clone, "checkout", "-q", A)
    git(clone, "fetch", "-q", "--unshallow")
    assert said(clone) == whole and newest(clone) != seen, "who asks whether anything has changed hears of it"


def test_the_repository_is_that_of_the_folder_even_in_a_hook_of_another(root, tmp_path, monkeypatch):
    before, other = said(root), tmp_path / "lain"
    commit_first(other)
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git/index"))
    assert said(root) == before


def test_neither_the_settings_of_a_user_nor_odd_names_lead_astray(root):
    write(root / "egov_model", **{"é dua\tx": ""})
    odd = commit(root)
    git(root, "mv", "egov_model/b.py", "egov_model/pindah.py")
    moved = commit(root)
    for name, value in {
        "log.showRoot": "false", "log.showSignature": "true", "log.decorate": "full", "log.follow": "true", "color.ui": "always",
        "diff.renames": "copies", "diff.noprefix": "true", "diff.external": "false", "core.abbrev": "7", "log.diffMerges": "off",
        "diff.relative": "false", "format.pretty": "fuller", "core.quotePath": "true", "status.branch": "true", "status.short": "true",
        "status.relativePaths": "false",
    }.items():  # fmt: skip
        git(root, "config", name, value)
    known = history(root)
    assert known.version(["egov_model/é dua\tx"]) == odd
    assert known.version(["egov_model/pindah.py"]) == moved and known.version([B]) == ""
    assert known.version([A]) == id_of(root, 4) and len(newest(root)) == 40


def test_a_file_is_given_as_it_was_committed(root):
    write(root, egov_model__a_py="x = 2")
    assert committed(root, A) == b"x = 1" and committed(root, "egov_model/none.py") == b""


def test_git_is_asked_as_often_for_many_files_as_for_one(root, monkeypatch):
    asked, run = [], subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: asked.append(a) or run(*a, **k))
    for number in range(3):
        write(root / "egov_model", **{f"m{number}_py": ""})
    known = history(root)
    assert [known.version([name]) for name in (A, B, NOTE, "egov_model/m1.py")][3] == ""
    assert len(asked) == 3
    asked.clear()
    newest(root)
    assert len(asked) == 2
