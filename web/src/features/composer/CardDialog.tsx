import { lazy, Suspense } from "react";
import type { Capabilities } from "../../api/shapes.ts";
import type { Draft } from "../../sync/drafts.ts";

export type CardKind = "location" | "contact";
export type Cards = Partial<Pick<Draft, CardKind>>;

const LocationDialog = lazy(() =>
  import("./LocationDialog.tsx").then(({ LocationDialog }) => ({ default: LocationDialog })),
);
const ContactDialog = lazy(() =>
  import("./ContactDialog.tsx").then(({ ContactDialog }) => ({ default: ContactDialog })),
);

interface Props {
  readonly kind: CardKind | null;
  readonly draft: Draft;
  readonly capabilities: Capabilities;
  readonly onDone: (cards: Cards) => void;
  readonly onClose: () => void;
}

/** Asks for a location or a contact, fetched only then. */
export function CardDialog({ kind, draft, capabilities, onDone, onClose }: Props) {
  const { location, contact } = capabilities;
  return (
    <Suspense fallback={null}>
      {kind === "location" && location && (
        <LocationDialog
          before={draft.location}
          rule={location}
          onDone={(location) => onDone({ location })}
          onClose={onClose}
        />
      )}
      {kind === "contact" && contact && (
        <ContactDialog
          before={draft.contact}
          rule={contact}
          onDone={(contact) => onDone({ contact })}
          onClose={onClose}
        />
      )}
    </Suspense>
  );
}
