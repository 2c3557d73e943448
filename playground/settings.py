"""Limits and grace times, in one place. The defaults suit a public machine with two cores."""

import os
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

PREFIX = "PLAYGROUND_"


class Settings(BaseModel):
    """What a host may change: each field is read from the environment as PLAYGROUND_<NAME IN CAPITALS>."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_json_bytes: int = Field(
        64 * 1024, description="Largest experiment accepted, in bytes of JSON"
    )
    max_layers: int = Field(128, description="Most layers in an experiment, nested ones counted")
    max_parameters: int = Field(20_000_000, description="Most trainable parameters in a network")
    max_training_bytes: int = Field(2**30, description="Largest predicted training memory of a run")
    max_run_s: float = Field(
        15 * 60, description="Longest time that a run may train, pauses not counted"
    )
    max_runs: int = Field(120, description="Runs kept in memory; the oldest ended one makes room")
    max_live_runs: int = Field(
        60, description="Runs that train or rest in the middle at the same time"
    )
    client_share: float = Field(
        0.15,
        description="Part of the places, of the memory and of the kept runs that one browser may have",
        gt=0,
        le=1,
    )
    address_share: float = Field(
        0.5,
        description="The same for one address; 1 for a class behind a single address",
        gt=0,
        le=1,
    )
    max_waiting: int = Field(200, description="Runs that wait in line for a place", ge=0)
    max_waiting_address: int = Field(32, description="Of them from one address", ge=0)
    max_waiting_client: int = Field(2, description="Of them from one browser", ge=0)
    max_wait_s: float = Field(
        45,
        description="After so long in line, a run gets the place of one whose turn is over",
        gt=0,
    )
    turn_s: float = Field(
        300, description="A run keeps its place for so long at least, if somebody watches it", gt=0
    )
    gives_way_after_s: float = Field(
        6, description="A run that nobody has watched for so long gives way to one that waits", gt=0
    )
    line_grace_s: float = Field(
        20, description="A waiting run that nobody has watched for so long leaves the line", gt=0
    )
    max_step_s: float = Field(
        2, description="Longest predicted time of a single step; nothing can interrupt one", gt=0
    )
    max_held_bytes: int = Field(
        8 * 2**30, description="Predicted memory of all runs on a device together"
    )
    max_upload_bytes: int = Field(10 * 2**20, description="Largest picture accepted")
    max_data_bytes: int = Field(
        20 * 2**20, description="Largest data file accepted: table, series, ZIP of images"
    )
    max_weights_bytes: int = Field(96 * 2**20, description="Largest file of weights accepted")
    max_checkpoint_bytes: int = Field(256 * 2**20, description="Largest checkpoint accepted")
    max_stored_bytes: int = Field(
        400 * 2**20, description="Data files kept at a time; the longest unused makes room"
    )
    data_folder: str = Field(
        "~/.cache/playground/data", description="Where downloaded data sets are kept"
    )
    max_pixels: int = Field(
        8_000_000, description="Most pixels in a picture, checked before decoding"
    )
    readers: int = Field(2, description="Processes that read what people hand in", ge=1, le=64)
    max_read_s: float = Field(20, description="Longest time that reading a file may take", gt=0)
    proxies: int = Field(
        default_factory=lambda: 1 if "SPACE_ID" in os.environ else 0,
        description="Proxies in front of the server, each of which appends to X-Forwarded-For",
        ge=0,
        le=10,
    )
    frame_ancestors: str = Field(
        "*",
        description="Sites that may show the page in a frame, as CSP's frame-ancestors lists them",
        pattern=r"^[ -+\--:<-~]+$",  # no comma and no semicolon, which would begin another rule
    )
    max_connections: int = Field(1_000, description="Connections open at the same time", ge=10)
    max_connections_of_address: int = Field(
        400, description="Of these, from one address; counts only without a proxy", ge=1
    )
    max_header_s: float = Field(
        10, description="Longest time that the head of a request may take to arrive", gt=0
    )
    max_body_s: float = Field(
        10, description="Longest time that a body of JSON may take to arrive", gt=0
    )
    min_upload_rate: float = Field(
        10_000,
        description="Bytes a second that a larger body must bring, on average over max_body_s",
        ge=0,
    )
    max_unread_s: float = Field(
        30, description="A connection whose answer nobody has read for so long is closed", gt=0
    )
    max_receiving_bytes: int = Field(
        512 * 2**20, description="Uploads being received at the same time, in bytes", gt=0
    )
    max_receiving_share: int = Field(
        64 * 2**20, description="Of these, from one browser that uploads several files", gt=0
    )
    max_watchers: int = Field(200, description="Pages that may watch at the same time")
    unwatched_grace_s: float = Field(
        120, description="A run that nobody has watched for so long is stopped"
    )
    stream_hz: float = Field(5, description="Updates a second on a page's stream", gt=0, le=20)

    @classmethod
    def from_environment(cls) -> Self:
        """Settings with every PLAYGROUND_… variable applied. Raises: ValueError naming a bad one."""
        values: dict[str, str] = {}
        for name in cls.model_fields:
            value = os.environ.get(PREFIX + name.upper())
            if value is not None:
                values[name] = value
        return cls.model_validate(values)

    @classmethod
    def unlimited(cls) -> Self:
        """For the owner of the machine (command line, notebooks): only sanity caps remain."""
        return cls(
            max_layers=2_000,
            max_parameters=2_000_000_000,
            max_training_bytes=2**40,
            max_held_bytes=2**50,
            max_run_s=float("inf"),
            max_step_s=float("inf"),
            unwatched_grace_s=float("inf"),
        )
