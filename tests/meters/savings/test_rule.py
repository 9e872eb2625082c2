from meters.savings.rule import Rule

RULE = Rule()


def test_drift_evens_out_where_there_is_history_and_grows_for_new_people() -> None:
    weeks = range(3, 18)
    learnt = [RULE.prior(observed=False, days=7 * week) for week in weeks]
    observed = [RULE.prior(observed=True, days=7 * week) for week in weeks]
    assert learnt == sorted(learnt, reverse=True)
    assert (learnt[0], learnt[-1]) == (0.48, 0.41)
    assert observed == sorted(observed)


def test_a_snapshot_gives_back_the_rule_that_it_was_settled_by() -> None:
    assert Rule.of_facts(RULE.facts()) == RULE
