"""What pre-commit runs on the files of a commit: `python .ci/hooks.py ruff|nbstripout|text|large FILE...`; status 1 stops the commit.

Started through `.ci/python`, so that ruff and nbstripout are those of requirements.lock.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LARGEST = 1_000_000  # bytes
TOOLS = {
    "ruff": ["-m", "ruff", "check", "--force-exclude"],
    # outputs and counts go; kernelspec, language name and cell tags stay (papermill needs them), cell ids too (quiet diffs)
    "nbstripout": ["-m", "nbstripout", "--keep-id", "--unix-newlines", "--extra-keys", "metadata.language_info.version"],
}


def run_tool(name: str, files: list[str]) -> int:
    """Run ruff or nbstripout of the running Python; a notebook that had to be stripped counts as a failure."""
    before = {file: Path(file).read_bytes() for file in files}
    status = subprocess.run([sys.executable, *TOOLS[name], *files], check=False).returncode
    changed = [file for file, content in before.items() if Path(file).read_bytes() != content]
    for file in changed:
        print(f"{file}: outputs removed, add it again")
    return status or bool(changed)


def fix_text(files: list[str]) -> int:
    """Mend blanks at line ends, the end of the file and CRLF in place; 1 when something was mended."""
    status = 0
    for path in map(Path, files):
        content = path.read_bytes()
        lines = content.replace(b"\r\n", b"\n").split(b"\n")
        if path.suffix != ".md":  # in Markdown two blanks at the end break a line
            lines = [line.rstrip(b" \t") for line in lines]
        mended = b"\n".join(lines).rstrip(b"\n") + b"\n" if content.strip() else b""
        if mended != content:
            path.write_bytes(mended)
            print(f"{path}: blanks or line ends mended, add it again")
            status = 1
    return status


def refuse_large(files: list[str]) -> int:
    """1 when a file is larger than 1 MB: reports and outputs are built, not committed."""
    large = [file for file in files if Path(file).stat().st_size > LARGEST]
    for file in large:
        print(f"{file}: {Path(file).stat().st_size / 1e6:.1f} MB; at most {LARGEST / 1e6:.0f} MB")
    return bool(large)


def main(arguments: list[str]) -> int:
    """Run the hook called by the first argument on the other ones."""
    hook, files = arguments[0], arguments[1:]
    if hook in TOOLS:
        return run_tool(hook, files)
    return {"text": fix_text, "large": refuse_large}[hook](files)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
