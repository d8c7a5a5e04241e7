from random import Random

from hypothesis import given
from hypothesis import strategies as st

from connector.identity.partition import Claim, Group, account_order, partition


def groups(*claims: tuple[int, str | None, str | None, bool]) -> dict[frozenset[str], bool]:
    """The persons as sets of readable nodes, and whether each is in conflict."""
    return {
        frozenset(f"{source or ''}{key}" for _, source, key in group.nodes): group.conflict
        for group in partition([Claim(*claim) for claim in claims])
    }


def test_a_guest_and_an_account_with_one_address_are_one_person() -> None:
    assert groups((1, None, "a@x", False), (1, "7", "a@x", True)) == {frozenset({"17", "a@x"}): False}


def test_an_account_has_its_own_address_and_every_address_of_its_orders() -> None:
    assert groups((1, "7", "a@x", True), (1, "7", "b@x", False)) == {frozenset({"17", "a@x", "b@x"}): False}


def test_an_account_without_any_address_is_a_person() -> None:
    assert groups((1, "7", None, True), (1, "8", None, False)) == {frozenset({"17"}): False, frozenset({"18"}): False}


def test_an_account_address_goes_before_use_by_a_lower_account() -> None:
    assert groups((1, "7", "a@x", False), (1, "8", "a@x", True)) == {
        frozenset({"17"}): False,
        frozenset({"18", "a@x"}): True,
    }


def test_without_account_address_the_lowest_number_that_used_it_owns_it() -> None:
    assert groups((1, "10", "a@x", False), (1, "9", "a@x", False)) == {
        frozenset({"110"}): False,
        frozenset({"19", "a@x"}): True,
    }


def test_ids_that_are_no_numbers_are_compared_as_text_and_come_last() -> None:
    assert sorted(["b", "10", "9", "a", "010", "²", ""], key=account_order) == ["9", "010", "10", "", "a", "b", "²"]


def test_two_accounts_with_the_same_account_address_are_one_person() -> None:
    assert groups((1, "7", "a@x", True), (1, "8", "a@x", True)) == {frozenset({"17", "18", "a@x"}): False}


def test_sources_are_joined_over_owned_addresses_only() -> None:
    # In source 1 the address belongs to account 5, although 6 used it too; in source 2 to account 6.
    assert groups((1, "5", "a@x", False), (1, "6", "a@x", False), (2, "6", "a@x", True)) == {
        frozenset({"15", "26", "a@x"}): True,
        frozenset({"16"}): False,
    }


def test_one_id_in_two_sources_is_two_accounts() -> None:
    assert groups((1, "5", None, True), (2, "5", None, True)) == {frozenset({"15"}): False, frozenset({"25"}): False}


def test_a_chain_over_sources_is_one_person() -> None:
    assert groups(
        (1, "1", "a@x", True),
        (1, "1", "b@x", False),
        (2, None, "b@x", False),
        (3, "9", "b@x", True),
        (3, "9", "c@x", False),
    ) == {frozenset({"11", "39", "a@x", "b@x", "c@x"}): False}


claims = st.builds(
    Claim,
    st.sampled_from([1, 2, 3]),
    st.sampled_from([None, "1", "2", "10", "x"]),
    st.sampled_from([None, "a@x", "b@x", "c@x", "d@x"]),
    st.booleans(),
)


@given(st.lists(claims, max_size=12), st.randoms(use_true_random=False), st.integers(1, 3))
def test_order_and_repetition_of_claims_do_not_matter(found: list[Claim], random: Random, times: int) -> None:
    def told(groups: list[Group]) -> set[tuple[frozenset[object], bool]]:
        return {(frozenset(group.nodes), group.conflict) for group in groups}

    shuffled = found * times
    random.shuffle(shuffled)
    assert told(partition(shuffled)) == told(partition(found))
    nodes = [node for group in partition(found) for node in group.nodes]
    assert len(nodes) == len(set(nodes))
