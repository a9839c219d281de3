import { useEffect, useState } from "react";
import type { ChannelHealth } from "../../api/shapes.ts";
import { useSession } from "../../sync/session.ts";

const AGAIN_MILLISECONDS = 60_000;
/** After something came in or went out: with it all that comes at the same time. */
const SOON_MILLISECONDS = 1_000;

/** How the channels do, by their ids; empty until the server has said it. */
export function useChannelsHealth(): ReadonlyMap<string, ChannelHealth> {
  const { api, store } = useSession();
  const [health, setHealth] = useState<ReadonlyMap<string, ChannelHealth>>(new Map());
  useEffect(() => {
    let isOver = false;
    let soon: ReturnType<typeof setTimeout> | undefined;
    const ask = () => {
      soon = undefined;
      // Without a network it stays as it was: whether the channels themselves are well comes by the stream.
      api.channelsHealth().then(
        ({ items }) => !isOver && setHealth(new Map(items.map((each) => [each.channel_id, each]))),
        () => {},
      );
    };
    ask();
    const timer = setInterval(ask, AGAIN_MILLISECONDS);
    const deafen = store.onChange(({ kind }) => {
      if (kind === "conversation") soon ??= setTimeout(ask, SOON_MILLISECONDS);
    });
    return () => {
      isOver = true;
      clearInterval(timer);
      clearTimeout(soon);
      deafen();
    };
  }, [api, store]);
  return health;
}
