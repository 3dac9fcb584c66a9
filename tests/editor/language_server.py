"""Just enough of the Language Server Protocol to ask a YAML server what an editor would."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

HERE = Path(__file__).resolve().parent
PROGRAM = HERE / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
SECONDS = 60.0  # a server that says nothing for so long has failed


class Server:
    """A running language server over standard input and output; close it with `close`."""

    def __init__(self, folder: Path):
        self._process = subprocess.Popen(["node", str(PROGRAM), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._said: Queue[dict[str, Any]] = Queue()
        self._kept: list[dict[str, Any]] = []
        self._number = 0
        Thread(target=self._listen, daemon=True).start()
        settings = {"yaml": {"validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}}}
        self._settings = settings["yaml"]
        root = folder.as_uri()
        self.ask("initialize", {"processId": None, "rootUri": root, "capabilities": {"workspace": {"configuration": True}}})
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": settings})

    def open(self, path: Path, text: str) -> list[dict[str, Any]]:
        """Open a file with this text, written or not; what is underlined in it."""
        item = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": item})
        told = self._wait(lambda said: said.get("method") == "textDocument/publishDiagnostics" and said["params"]["uri"] == path.as_uri())
        return told["params"]["diagnostics"]

    def at(self, what: str, path: Path, line: int, character: int) -> Any:
        """What the server answers at a place: `completion` or `hover`."""
        place = {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": character}}
        return self.ask(f"textDocument/{what}", place)

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        """Send a request and wait for its result."""
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": params})
        return self._wait(lambda said: said.get("id") == number and "method" not in said)["result"]

    def tell(self, method: str, params: dict[str, Any]) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def close(self) -> None:
        """End the server, whatever it is doing."""
        self._process.kill()
        self._process.communicate()

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _listen(self) -> None:
        while header := self._process.stdout.readline():
            length = 0
            while header.strip():
                name, _, value = header.decode().partition(":")
                length = int(value) if name.lower() == "content-length" else length
                header = self._process.stdout.readline()
            self._said.put(json.loads(self._process.stdout.read(length)))

    def _wait(self, wanted) -> dict[str, Any]:
        for n, said in enumerate(self._kept):
            if wanted(said):
                return self._kept.pop(n)
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            try:
                said = self._said.get(timeout=max(0.01, end - time.monotonic()))
            except Empty:
                break
            if said.get("method") == "workspace/configuration":
                answers = [self._settings if item.get("section") == "yaml" else None for item in said["params"]["items"]]
                self._send({"id": said["id"], "result": answers})
            elif "id" in said and "method" in said:  # any other question of the server
                self._send({"id": said["id"], "result": None})
            elif wanted(said):
                return said
            else:
                self._kept.append(said)
        raise AssertionError("the language server did not answer")
