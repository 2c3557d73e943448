"""A browser of an honest person, as far as the server can tell: its token, its requests, its run."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator
from typing import Any

from .wire import HERE, Reply, Sender, Target, answer_head, head_of, lines_of, opened, request

PREFIX = "/playground/"
ANSWER_S = 10.0
BEGINS_S = 30.0  # longest that the answer to a start may take


class Page:
    """What it sends and what it is told."""

    def __init__(self, target: Target, address: str = HERE, token: str = ""):
        self.target = target
        self.sender = Sender(address, token or secrets.token_urlsafe(16))
        self.run: dict[str, Any] = {}

    async def post(self, path: str, value: Any, timeout_s: float = ANSWER_S) -> Reply:
        """In: bytes as they are, anything else as JSON. Raises: Unanswered."""
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        return await request(
            self.target, self.sender, "POST", PREFIX + path, body, timeout_s=timeout_s
        )

    async def get(self, path: str, timeout_s: float = ANSWER_S) -> Reply:
        """Raises: Unanswered."""
        return await request(self.target, self.sender, "GET", PREFIX + path, timeout_s=timeout_s)

    async def start(self, experiment: Any) -> Reply:
        """Its run, where the server grants one. Raises: Unanswered."""
        body = {"experiment": experiment, "device": "cpu"}
        if self.run:
            body["replaces"] = self.run["control"]
        reply = await self.post("runs", body, BEGINS_S)
        if reply.status == 200:
            self.run = reply.json()
        return reply

    async def ask(self, question: Any) -> Reply:
        """Asks its run. Raises: Unanswered."""
        return await self.post(f"runs/{self.run['run']}/ask", question)

    async def stop(self) -> None:
        """Ends its run. Raises: Unanswered."""
        if self.run:
            await self.post(f"runs/{self.run['run']}/stop", {"control": self.run["control"]})

    async def poll(self) -> dict[str, Any]:
        """Where its run stands; nothing where the server does not say. Raises: Unanswered."""
        path = f"poll?run={self.run['run']}&client={self.sender.token}"
        reply = await self.get(path)
        return dict(reply.json()) if reply.status == 200 else {}

    async def news(self) -> AsyncIterator[dict[str, Any]]:
        """What its stream tells, until that ends. Raises: OSError, EOFError, TimeoutError, ValueError, Unanswered."""
        path = f"{PREFIX}stream?run={self.run['run']}&client={self.sender.token}"
        async with asyncio.timeout(ANSWER_S):
            reader, writer = await opened(self.target, self.sender)
        try:
            writer.write(head_of(self.target, self.sender, "GET", path, {}))
            async with asyncio.timeout(ANSWER_S):
                status, headers = await answer_head(reader)
            if status != 200:
                return
            async for line in lines_of(reader, headers):
                if line.startswith(b"data: "):
                    yield json.loads(line[6:])
        finally:
            writer.close()
