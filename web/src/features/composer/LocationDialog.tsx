import { type FormEvent, useRef, useState } from "react";
import type { Capabilities, LocationGiven } from "../../api/shapes.ts";
import { oneLine } from "../../lib/besides.ts";
import { coordinates, placeIn } from "../../lib/places.ts";
import { useText } from "../../lib/text.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";

interface Props {
  readonly before: LocationGiven | null;
  readonly rule: NonNullable<Capabilities["location"]>;
  readonly onDone: (location: LocationGiven) => void;
  readonly onClose: () => void;
}

/** Where: by coordinates, or by a link from a map that somebody pastes. No map is asked. */
export function LocationDialog({ before, rule, onDone, onClose }: Props) {
  const text = useText();
  const [written, setWritten] = useState(before ? coordinates(before) : "");
  const [named, setNamed] = useState(before ? (before.title ?? "") : null);
  const [address, setAddress] = useState(before?.address ?? "");
  const [isTried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const place = placeIn(written);
  const isFound = typeof place === "object";
  // What the link calls it, until somebody knows better.
  const title = named ?? (isFound ? (place.title ?? "").slice(0, rule.name_max) : "");

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!isFound) {
      form.current?.querySelector("input")?.focus();
      return;
    }
    const { latitude, longitude } = place;
    onDone({ latitude, longitude, title: oneLine(title) || null, address: oneLine(address) || null });
  };
  const isWorthSaying = isTried || place === "short";
  return (
    <Dialog title={text("location.title")} onClose={onClose}>
      <form ref={form} className="card-form" noValidate onSubmit={submit}>
        <Field
          label={text("location.where")}
          hint={isFound ? text("location.found", { place: coordinates(place) }) : text("location.where_hint")}
          problem={!isFound && isWorthSaying ? text(`location.${place}`) : undefined}
          type="text"
          dir="ltr"
          autoComplete="off"
          spellCheck={false}
          maxLength={2000}
          value={written}
          onChange={(event) => setWritten(event.target.value)}
        />
        <Field
          label={text("template.place_name")}
          type="text"
          dir="auto"
          autoComplete="off"
          maxLength={rule.name_max}
          value={title}
          onChange={(event) => setNamed(event.target.value)}
        />
        <Field
          label={text("template.place_address")}
          type="text"
          dir="auto"
          autoComplete="off"
          maxLength={rule.address_max}
          value={address}
          onChange={(event) => setAddress(event.target.value)}
        />
        <p className="card-answers">
          <Button look="main" type="submit">
            {text("cards.add")}
          </Button>
        </p>
      </form>
    </Dialog>
  );
}
