"""Warm kernels: a provisioner of jupyter_client that forks each kernel from a process that has imported the stack already.

Its entry point is `egov-warm` (pyproject.toml); a kernel specification asks for it in its metadata. Where processes cannot be forked,
or the warm one is gone, the ordinary provisioner serves, with the same output.
"""

from __future__ import annotations

import asyncio
import time
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner
from traitlets import Any as Anything
from traitlets import Unicode

from egov_model.report.forks import POLL_SECONDS, Forked, Warm, WarmError

END_SECONDS = 5.0  # so long a killed process may take to end
NAME = "egov-warm"
MODULE = "ipykernel_launcher"  # what a Python kernel is started with: `python -m ipykernel_launcher ARGUMENTS`


class WarmProvisioner(LocalProvisioner):
    """Forks a kernel from `warm`; without one it is the ordinary provisioner."""

    warm = Anything(None, allow_none=True, help="The process to fork from: a `forks.Warm`.")
    stderr = Unicode("", help="File for what a kernel says outside of its cells.")

    async def launch_kernel(self, cmd: list[str], **settings: Any) -> dict[str, Any]:
        """Fork the kernel that the command would start."""
        if isinstance(self.warm, Warm) and MODULE in cmd:
            try:
                arguments, cwd = cmd[cmd.index(MODULE) + 1 :], str(settings.get("cwd") or Path.cwd())
                self.process = self.warm.kernel(arguments, settings["env"], cwd, self.stderr)
            except WarmError:
                return await super().launch_kernel(cmd, **settings)
            self.pid = self.pgid = self.process.pid
            self.cwd = cwd
            return self.connection_info
        return await super().launch_kernel(cmd, **settings)

    async def kill(self, restart: bool = False) -> None:
        """End the kernel at once; when this returns it has ended, so nobody sleeps a tenth of a second to see whether it has."""
        await super().kill(restart)
        until = time.monotonic() + END_SECONDS
        while isinstance(self.process, Forked) and self.process.poll() is None and time.monotonic() < until:
            await asyncio.sleep(POLL_SECONDS / 10)

    async def wait(self) -> int | None:
        """Wait for the kernel's end; the ordinary provisioner looks ten times a second only."""
        if not isinstance(self.process, Forked):
            return await super().wait()
        while (status := self.process.poll()) is None:
            await asyncio.sleep(POLL_SECONDS)
        self.process = None
        return status


def metadata(warm: Warm | None, stderr: str) -> dict[str, Any]:
    """What a kernel specification says in its metadata to have its kernel forked; nothing when there is nothing to fork from."""
    if warm is None:
        return {}
    known = KernelProvisionerFactory.instance().provisioners
    if NAME not in known:  # the project is used in place, not installed, so no entry point of it is found
        known[NAME] = EntryPoint(NAME, f"{__name__}:{WarmProvisioner.__name__}", KernelProvisionerFactory.GROUP_NAME)
    return {"kernel_provisioner": {"provisioner_name": NAME, "config": {"warm": warm, "stderr": stderr}}}
