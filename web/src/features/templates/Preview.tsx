import type { Attachment, Template } from "../../api/shapes.ts";
import { type Filling, piecesOf } from "../../lib/filling.ts";
import { kindText } from "../../lib/kinds.ts";
import { scriptOf } from "../../lib/script.ts";
import { useText } from "../../lib/text.ts";
import { useSession } from "../../sync/session.ts";
import { Icon } from "../../ui/Icon.tsx";
import { TemplateMark } from "../../ui/TemplateMark.tsx";

interface Props {
  readonly template: Template;
  readonly filling: Filling;
  readonly head: Attachment | null;
}

/** As it will stand in the timeline; what is still to be filled in is marked. */
export function Preview({ template, filling, head }: Props) {
  const text = useText();
  const said = [template.head, template.body, template.foot].filter(Boolean).join("\n\n");
  const pieces = piecesOf(said, filling);
  return (
    <section className="template-preview" aria-label={text("template.preview")}>
      {template.head_file && <HeadShown kind={template.head_file} head={head} />}
      <div className="template-bubble" dir="auto" lang={scriptOf(said)}>
        {pieces.map(({ words, gap }, n) =>
          gap ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text never change places
            <span key={n} className="template-gap" data-empty={words === ""}>
              {words || "…"}
            </span>
          ) : (
            words
          ),
        )}
      </div>
      <TemplateMark
        name={template.name}
        language={template.language}
        buttons={template.buttons.map(({ title }) => title)}
      />
    </section>
  );
}

function HeadShown({ kind, head }: { kind: NonNullable<Template["head_file"]>; head: Attachment | null }) {
  const text = useText();
  const { api } = useSession();
  if (head && kind === "image")
    return (
      <img className="template-picture" src={api.pictureAddress(head.id, "small")} alt={head.name ?? ""} />
    );
  return (
    <p className="template-file">
      <Icon name={kind === "image" ? "image" : kind === "video" ? "video" : "file"} />
      <bdi className="cut">{head?.name ?? kindText(kind, text)}</bdi>
    </p>
  );
}
