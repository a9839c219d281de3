import { useEffect, useState } from "react";
import type { ChannelHealth } from "../../api/shapes.ts";
import { useSession } from "../../sync/session.ts";

const AGAIN_MILLISECONDS = 60_000;

/** How the channels do, by their ids; empty until the server has said it. */
export function useChannelsHealth(): ReadonlyMap<string, ChannelHealth> {
  const { api } = useSession();
  const [health, setHealth] = useState<ReadonlyMap<string, ChannelHealth>>(new Map());
  useEffect(() => {
    let isOver = false;
    const ask = () =>
      // Without a network it stays as it was: whether the channels themselves are well comes by the stream.
      api.channelsHealth().then(
        ({ items }) => !isOver && setHealth(new Map(items.map((each) => [each.channel_id, each]))),
        () => {},
      );
    void ask();
    const timer = setInterval(ask, AGAIN_MILLISECONDS);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [api]);
  return health;
}
