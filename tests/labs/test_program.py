"""The code that a lab shows is the code that ran: each kind of line is carried out, and written as it was."""

from typing import Any

import numpy as np
import torch

from playground.labs.brackets import load_network
from playground.labs.program import Program, Ref


def run_alone(program: Program) -> dict[str, Any]:
    """The names that its script leaves behind."""
    names: dict[str, Any] = {}
    exec(compile(program.code(), "script", "exec"), names)
    return names


def test_a_method_is_called_through_the_attributes_that_lead_to_it() -> None:
    program = Program()
    program.call("a", torch.ones, (2, 3))
    turned = program.method("b", Ref("a"), "mT.contiguous")
    assert turned.shape == (3, 2) and turned.is_contiguous()
    assert program.code().endswith("b = a.mT.contiguous()")
    assert torch.equal(run_alone(program)["b"], turned)


def test_slices_are_written_as_python_writes_them() -> None:
    program = Program()
    program.call("a", torch.ones, (4, 6))
    part = program.item("b", Ref("a"), ..., slice(1, None, 2))
    program.item("c", Ref("a"), slice(None, 2), 0)
    assert program.code().endswith("b = a[..., 1::2]\nc = a[:2, 0]")
    assert run_alone(program)["b"].shape == part.shape == (4, 3)


def test_what_is_written_into_a_tensor_is_written_by_the_script_too() -> None:
    program = Program()
    a = program.call("a", torch.zeros, 3)
    program.put(Ref("a"), (1,), 9.0)
    program.add_to(Ref("a"), 1.0)
    assert a.tolist() == [1.0, 10.0, 1.0]
    assert run_alone(program)["a"].tolist() == [1.0, 10.0, 1.0]


def test_a_scalar_is_written_to_by_an_empty_index() -> None:
    program = Program()
    a = program.call("a", torch.zeros, ())
    program.put(Ref("a"), (), 9.0)
    assert a.item() == 9.0 == run_alone(program)["a"].item()


def test_a_refused_line_leaves_its_message_behind() -> None:
    program = Program()
    program.call("a", torch.ones, (2, 3))
    message = program.attempt("message", lambda: program.method("b", Ref("a"), "mT.view", -1))
    assert message is not None and message.startswith("view size is not compatible")
    assert run_alone(program)["message"] == message


def test_a_line_that_works_needs_no_try() -> None:
    program = Program()
    program.call("a", np.ones, 3)
    assert program.attempt("message", lambda: program.call("t", torch.from_numpy, Ref("a"))) is None
    assert "try" not in program.code()
    assert program.code().startswith("import numpy as np\nimport torch")


def test_a_function_that_reads_a_file_beside_it_is_imported_by_the_script() -> None:
    program = Program()
    program.call("network", load_network, "gru")
    assert program.code().splitlines()[0] == (
        "from playground.labs.brackets.network import load_network"
    )


def test_results_that_are_taken_apart_have_names_of_their_own() -> None:
    program = Program()
    program.call("largest, place", torch.max, torch_row(program), 0)
    doubled = program.call("doubled", torch.add, Ref("largest"), Ref("largest"))
    assert doubled.item() == 6.0 == run_alone(program)["doubled"].item()


def test_a_star_takes_the_rest_of_several_results() -> None:
    program = Program()
    parts = program.call("first, *others", torch.split, torch_row(program), 1)
    assert len(parts) == 3
    assert [part.item() for part in run_alone(program)["others"]] == [3.0, 2.0]


def torch_row(program: Program) -> Ref:
    """`row`: three numbers, the largest in the middle."""
    program.call("row", torch.tensor, [1.0, 3.0, 2.0])
    return Ref("row")
