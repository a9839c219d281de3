import type { LocationPart } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { PartCard } from "./PartView.tsx";

/** A place, in words and numbers. The map is elsewhere, and only opens when somebody asks for it. */
export function LocationCard({ location }: { location: LocationPart }) {
  const text = useText();
  const { latitude, longitude, title, address, live } = location;
  const numbers = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  return (
    <PartCard
      icon="pin"
      title={title ?? text(live ? "kind.location_live" : "kind.location")}
      detail={address ?? numbers}
      address={map}
    />
  );
}
