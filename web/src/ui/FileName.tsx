import { nameInTwo } from "../lib/file-names.ts";
import "./FileName.css";

/** The name of a file, cut in its middle where there is no room: how it begins and what it is stay to be seen. */
export function FileName({ name }: { name: string }) {
  const [head, tail] = nameInTwo(name);
  return (
    <span className="file-name" dir="auto" title={name}>
      <span className="unseen">{name}</span>
      <span className="file-name-head" aria-hidden="true">
        {head}
      </span>
      <span className="file-name-tail" aria-hidden="true">
        {tail}
      </span>
    </span>
  );
}
