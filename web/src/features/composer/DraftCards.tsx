import type { ReactNode } from "react";
import { coordinates } from "../../lib/places.ts";
import { useText } from "../../lib/text.ts";
import type { Draft } from "../../sync/drafts.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import type { IconName } from "../../ui/icons.tsx";
import type { CardKind } from "./CardDialog.tsx";

interface Props {
  readonly draft: Draft;
  readonly onEdit: (kind: CardKind) => void;
  readonly onRemove: (kind: CardKind) => void;
}

/** The location and the contact card that go with the reply. */
export function DraftCards({ draft: { location, contact }, onEdit, onRemove }: Props) {
  const text = useText();
  if (!location && !contact) return null;
  const about = (kind: CardKind) => ({ kind, onEdit, onRemove });
  return (
    <ul className="draft-files" aria-label={text("cards.label")}>
      {location && (
        <Card {...about("location")} icon="pin" title={location.title || text("kind.location")}>
          {location.address || <bdi className="num">{coordinates(location)}</bdi>}
        </Card>
      )}
      {contact && (
        <Card {...about("contact")} icon="person" title={contact.name}>
          <bdi className="num">{contact.phone}</bdi>
        </Card>
      )}
    </ul>
  );
}

interface CardProps extends Omit<Props, "draft"> {
  readonly kind: CardKind;
  readonly icon: IconName;
  readonly title: string;
  readonly children: ReactNode;
}

function Card({ kind, icon, title, children, onEdit, onRemove }: CardProps) {
  const text = useText();
  return (
    <li className="draft-file">
      <Icon name={icon} />
      <span className="grow">
        <span className="draft-file-name cut" dir="auto">
          {title}
        </span>
        <span className="draft-card-detail cut" dir="auto">
          {children}
        </span>
      </span>
      <IconButton icon="pencil" label={text(`cards.edit_${kind}`)} onClick={() => onEdit(kind)} />
      <IconButton icon="cross" label={text(`cards.remove_${kind}`)} onClick={() => onRemove(kind)} />
    </li>
  );
}
