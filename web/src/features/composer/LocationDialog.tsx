import { useState } from "react";
import type { Capabilities, LocationGiven } from "../../api/shapes.ts";
import { oneLine } from "../../lib/besides.ts";
import { coordinates, placeIn } from "../../lib/places.ts";
import { useText } from "../../lib/text.ts";
import { Field } from "../../ui/Field.tsx";
import { CardForm } from "./CardForm.tsx";

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
  const place = placeIn(written);
  const isFound = typeof place === "object";
  // What the link calls it, until somebody knows better.
  const title = named ?? (isFound ? (place.title ?? "").slice(0, rule.name_max) : "");

  const done = () => {
    if (!isFound) return;
    const { latitude, longitude } = place;
    onDone({ latitude, longitude, title: oneLine(title) || null, address: oneLine(address) || null });
  };
  return (
    <CardForm title={text("location.title")} wrong={isFound ? null : "where"} onDone={done} onClose={onClose}>
      {(isTried) => (
        <>
          <Field
            name="where"
            label={text("location.where")}
            hint={
              isFound ? text("location.found", { place: coordinates(place) }) : text("location.where_hint")
            }
            problem={!isFound && (isTried || place === "short") ? text(`location.${place}`) : undefined}
            type="text"
            dir="ltr"
            autoComplete="off"
            spellCheck={false}
            maxLength={2000}
            value={written}
            onChange={(event) => setWritten(event.target.value)}
          />
          <Field
            name="title"
            label={text("template.place_name")}
            type="text"
            dir="auto"
            autoComplete="off"
            maxLength={rule.name_max}
            value={title}
            onChange={(event) => setNamed(event.target.value)}
          />
          <Field
            name="address"
            label={text("template.place_address")}
            type="text"
            dir="auto"
            autoComplete="off"
            maxLength={rule.address_max}
            value={address}
            onChange={(event) => setAddress(event.target.value)}
          />
        </>
      )}
    </CardForm>
  );
}
