import { useEffect, useRef, useState } from "react";
import type { Attachment, MediaKind, TemplateRule } from "../../api/shapes.ts";
import { kindText } from "../../lib/kinds.ts";
import { type Problem, problemOf } from "../../lib/problems.ts";
import { useText } from "../../lib/text.ts";
import { useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";

interface Props {
  readonly kind: MediaKind;
  readonly rule: TemplateRule;
  readonly attachment: Attachment | null;
  readonly onChange: (attachment: Attachment | null) => void;
}

/** The picture, film or document at the head: it goes up as soon as it is chosen. */
export function HeadFile({ kind, rule, attachment, onChange }: Props) {
  const text = useText();
  const { api } = useSession();
  const input = useRef<HTMLInputElement>(null);
  const underWay = useRef<AbortController | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const limit = rule.head_files[kind];
  useEffect(() => () => underWay.current?.abort(), []);

  const upload = (file: File) => {
    underWay.current?.abort();
    const mine = new AbortController();
    underWay.current = mine;
    onChange(null);
    if (limit?.types && !limit.types.includes(file.type)) {
      setProblem({ text: "template.file_kind", values: {} });
      return;
    }
    if (limit && file.size > limit.max_bytes) {
      setProblem({ text: "template.file_too_large", values: { most: limit.max_bytes / 1_048_576 } });
      return;
    }
    setProblem(null);
    setShare(0);
    api
      .upload(file, kind, setShare, mine.signal)
      .then(onChange, (error: unknown) => mine.signal.aborted || setProblem(problemOf(error)))
      .finally(() => mine === underWay.current && setShare(null));
  };

  return (
    <div className="template-head-file">
      <span className="template-head-label">{kindText(kind, text)}</span>
      <Button data-first icon="attach" onClick={() => input.current?.click()}>
        {text(attachment ? "template.other_file" : "template.choose_file")}
      </Button>
      <span role="status" className="cut" dir="auto">
        {share !== null ? text("template.uploading") : attachment?.name}
      </span>
      {problem && (
        <p className="field-problem" role="alert">
          {text(problem.text, problem.values)}
        </p>
      )}
      <input
        ref={input}
        type="file"
        hidden
        accept={limit?.types?.join(",")}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) upload(file);
          event.target.value = "";
        }}
      />
    </div>
  );
}
