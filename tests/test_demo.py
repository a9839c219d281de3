from dragoman.access.links import look_at_link
from dragoman.access.workspace_store import workspace_ids
from dragoman.config import Settings
from dragoman.db.database import Database
from dragoman.demo import prepare_demo


async def test_each_start_of_the_demo_gives_a_link_of_its_own_into_the_same_trial_workspace(
    database: Database,
) -> None:
    settings = Settings.from_environment({})

    links = [await prepare_demo(database, settings) for _ in range(2)]

    assert len(set(links)) == 2
    assert len(await workspace_ids(database)) == 1
    for link in links:
        seen = await look_at_link(database, link.partition("#")[2])
        assert seen.email == "maria@dragoman.example"
