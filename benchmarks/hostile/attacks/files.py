"""Files that cost far more to read than to send."""

from ..wire import Sender
from .base import Attack, attack

PHOTO = {"x-kind": "photo"}


class Handed(Attack):
    """Files handed in as photos or as data."""

    names: tuple[str, ...] = ()

    async def prepare(self) -> None:
        self.bodies = [self.ground.file(name) for name in self.names]

    def body(self) -> bytes:
        return self.bodies[self.number() % len(self.bodies)]

    async def see(self, sender: Sender) -> None:
        await self.post(sender, "see", self.body(), PHOTO)

    async def upload(self, sender: Sender, kind: str) -> None:
        await self.post(sender, f"upload?kind={kind}", self.body())


@attack
class JpegScans(Handed):
    """Progressive JPEGs of 8 megapixels: ten thousand scans, and as many as are allowed"""

    names = ("scans.jpg", "scans_allowed.jpg")

    async def strike(self, sender: Sender) -> None:
        await self.see(sender)


@attack
class AnimatedPictures(Handed):
    """GIF, PNG and WebP of thousands of frames"""

    names = ("animated.gif", "animated.png", "animated.webp")

    async def strike(self, sender: Sender) -> None:
        await self.see(sender)


@attack
class HugePictures(Handed):
    """Pictures that unpack to gigabytes, or carry a text that does"""

    names = ("huge.png", "text.png", "deep.tiff")

    async def strike(self, sender: Sender) -> None:
        await self.see(sender)


@attack
class Archives(Handed):
    """ZIPs: nested, overlapping, of great ratio, of twelve thousand names, with names that lead out"""

    names = ("nested.zip", "overlap.zip", "ratio.zip", "names.zip", "outside.zip", "scans.zip")

    async def strike(self, sender: Sender) -> None:
        await self.upload(sender, "images")


@attack
class HardTables(Handed):
    """Tables of 18 MB that are refused at the end: ragged, quoted, a hundred thousand columns"""

    at_once = 20
    names = ("ragged.csv", "quoted.csv", "wide.csv")

    async def strike(self, sender: Sender) -> None:
        await self.upload(sender, "csv")


@attack
class HardSeries(Handed):
    """Series of 18 MB whose last line is wrong"""

    at_once = 20
    names = ("series.csv", "wide.csv")

    async def strike(self, sender: Sender) -> None:
        await self.upload(sender, "series")


@attack
class MemoryOfReaders(Handed):
    """Files within all limits that need as much memory as a reader may have"""

    names = ("noise.png", "noise.zip")

    async def strike(self, sender: Sender) -> None:
        await self.upload(sender, "images")
        await self.see(sender)


@attack
class NoTemporaryFolder(Handed):
    """The folder for temporary files is gone while people hand in files"""

    at_once = 10
    names = ("small.csv",)

    async def prepare(self) -> None:
        await super().prepare()
        self.away = self.ground.temporary.with_name("away")
        self.ground.temporary.rename(self.away)

    async def strike(self, sender: Sender) -> None:
        table = f"x{self.number()},y\n".encode() + self.body()
        await self.post(sender, "upload?kind=csv", table)

    async def finish(self) -> None:
        if self.ground.temporary.exists():
            for left in self.ground.temporary.iterdir():
                left.rename(self.away / left.name)
            self.ground.temporary.rmdir()
        self.away.rename(self.ground.temporary)
