"""`python -m egov_model` = `egov`; from a bare Python it first makes the project's environment and runs itself again in there."""

from __future__ import annotations

import sys

from egov_model import environment


def main(arguments: list[str]) -> int:
    """Run the command line under the Python that has what it needs; returns the exit status."""
    if arguments[:1] == ["env"]:
        return environment.main(arguments[1:])
    missing = environment.missing_packages()
    if missing and environment.runs_inside():
        print(f"Lingkungan Python rusak / .venv lacks {', '.join(missing)}: delete the folder .venv and try again", file=sys.stderr)
        return 2
    if missing:
        try:
            return environment.run_again(arguments)
        except environment.EnvironmentProblem as problem:
            print(problem, file=sys.stderr)
            return problem.status
    from egov_model import cli  # only now: it needs third-party packages

    return cli.main(prog_name="egov")  # or --help would speak of `python -m egov_model`


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
