"""Which of the runs that nobody needs goes first where there are too many, or too little memory for another one."""

from collections.abc import Callable, Sequence

from .run_facts import RunFacts
from .shares import Shares, Tally

Weight = Callable[[RunFacts], int]  # what a run takes of that of which there is too little


def next_to_go(all_facts: Sequence[RunFacts], weight: Weight, shares: Shares) -> RunFacts | None:
    """Of the client that has more than its share, of the address that has, of the client that has most.

    Its runs that have ended go before those that are looked at, then the oldest: so nobody's run goes because of what
    others begin, as long as they have more than their share. In: all runs, oldest first. Out: None where none may go.
    """
    may_go = [facts for facts in all_facts if facts.may_be_forgotten and weight(facts) > 0]
    if not may_go:
        return None
    tally = Tally(shares)
    for facts in may_go:
        tally.add(facts.client, weight(facts))

    def excess(facts: RunFacts) -> tuple[int, int, int]:
        of_client = tally.by_client[facts.client]
        of_address = tally.by_address[facts.client.address]
        over_client = max(0, of_client - shares.client)
        over_address = max(0, of_address - shares.address)
        return over_client, over_address, of_client

    richest = max(may_go, key=excess).client
    of_the_richest = [facts for facts in may_go if facts.client == richest]
    return min(of_the_richest, key=lambda facts: (facts.is_live, facts.run.watchers > 0))
