"""The kinds of work that requests make, and how much of each is done at once."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """What requests of one kind share.

    places: how many are worked on at once. of_client: how many of them one client may have.
    waiting_of_client, waiting: how many may wait, of one client and of all.
    share_s: seconds of work in a minute, past which a client rests after each piece of work: as long as that took, and
    longer the further it is over.
    cools: how many times as long as a piece of work took its place stays free afterwards, so that training keeps most
    of the interpreter however many ask.
    waits: whether the work is mostly done elsewhere, and is charged by the clock; otherwise by the time of the
    processor, since who asks for little must not pay for the crowd around.
    """

    name: str
    places: int
    of_client: int = 1
    waiting_of_client: int = 8
    waiting: int = 256
    share_s: float = 4.0
    cools: float = 0.0
    waits: bool = False


# Answered in a few milliseconds, many of them while somebody edits. Python does one thing at a time: two places,
# so that one slow request does not hold up the rest.
QUICK = Kind("quick", places=2, share_s=2, cools=1)
# The look at data, the report, a notebook, an ONNX file: up to seconds each.
SLOW = Kind("slow", places=1, waiting_of_client=4, waiting=128, share_s=15, cools=1)
# Starting a run: checks and plans it, and may ask an earlier one for its weights.
START = Kind("start", places=2, waiting_of_client=4, cools=16)
# Files that people hand in, read in other processes.
READING = Kind("reading", places=2, waiting_of_client=16, waiting=64, share_s=20, waits=True)
# Weights and checkpoints: up to hundreds of megabytes each. To build a network for them takes the lock under which
# trainings draw random numbers.
FILES = Kind("files", places=2, waiting_of_client=4, waiting=32, share_s=20, cools=3, waits=True)
# The learning-rate range test and a linear model take a core for up to ten seconds.
RANGE_TEST = Kind("range test", places=1, waiting_of_client=1, waiting=16, share_s=30, waits=True)
# Questions wait for the run that is asked; the seconds are those of its worker.
ASK = Kind("ask", places=64, of_client=4, waiting_of_client=32, waiting=512, waits=True)
# The report asks for thousands of samples at once: one waits for all of them.
REPORT = Kind("report", places=1, waiting_of_client=2, waiting=64, waits=True)
# Whole files answered, up to a minute each; read in other processes, answered by a copy of the network.
ANSWERS = Kind("answers", places=1, waiting_of_client=2, waiting=32, share_s=20, waits=True)
# What is new of a run, up to its whole history: made once for all who watch it.
WATCH = Kind("watch", places=1, waiting_of_client=16, waiting=512, cools=1, waits=True)
# A change of a lab: a few milliseconds of torch, many of them while somebody drags. One place, so that beside training
# no more than one core is busy with labs.
LAB = Kind("lab", places=1, waiting_of_client=4, share_s=10, cools=1)
# Answered at once, without a place: a file as it lies on the disk, a word to a run.
PLAIN = Kind("plain", places=0)

KINDS = (QUICK, SLOW, START, READING, FILES, RANGE_TEST, ASK, REPORT, ANSWERS, WATCH, LAB, PLAIN)
