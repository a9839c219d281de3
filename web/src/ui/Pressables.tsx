import "./Pressables.css";

interface Props {
  readonly titles: readonly string[];
  readonly label: string;
}

/** Below the words of ours: what the customer sees there to press. */
export function Pressables({ titles, label }: Props) {
  return (
    <ul className="pressables" aria-label={label}>
      {titles.map((title, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: those of one message never change places
        <li key={n} dir="auto">
          {title}
        </li>
      ))}
    </ul>
  );
}
