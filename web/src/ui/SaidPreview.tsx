import "./SaidPreview.css";

interface Props {
  readonly words: string;
  readonly language?: string | undefined;
  /** What it is a picture of. */
  readonly caption: string;
}

/** Words of ours, as the customer reads them. */
export function SaidPreview({ words, language, caption }: Props) {
  if (!words.trim()) return null;
  return (
    <figure className="said-preview">
      <p className="said-bubble" lang={language} dir="auto">
        {words}
      </p>
      <figcaption>{caption}</figcaption>
    </figure>
  );
}
