import { useId, useRef, useState } from "react";
import { useText } from "../lib/text.ts";
import { Button } from "./Button.tsx";
import "./CopyValue.css";

/** Something that is to be entered elsewhere, with a button that copies it. */
export function CopyValue({ label, value }: { label: string; value: string }) {
  const text = useText();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [isCopied, setCopied] = useState(false);
  const copy = () => {
    const select = () => input.current?.select();
    navigator.clipboard?.writeText(value).then(() => setCopied(true), select) ?? select();
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <span className="copy-value">
        <input
          ref={input}
          id={id}
          value={value}
          readOnly
          dir="ltr"
          onFocus={(event) => event.target.select()}
        />
        <Button
          onClick={copy}
          icon={isCopied ? "check" : "copy"}
          aria-label={text("setup.copy", { what: label })}
        >
          <span role="status">{text(isCopied ? "setup.copied" : "action.copy")}</span>
        </Button>
      </span>
    </div>
  );
}
