import { type KeyboardEvent, type PointerEvent, useEffect, useState } from "react";
import { rememberedWidth, rememberWidth } from "../lib/preferences.ts";
import "./Divider.css";

interface Props {
  readonly label: string;
  readonly name: string;
  readonly usual: number;
  readonly least: number;
  readonly most: number;
}

const STEP_PIXELS = 16;

/** The edge of a column, to be dragged or moved with the arrows. Its width is remembered, and set as `--{name}-width`. */
export function Divider({ label, name, usual, least, most }: Props) {
  const [width, setWidth] = useState(() => rememberedWidth(name) ?? usual);
  const within = (wanted: number) => Math.round(Math.min(most, Math.max(least, wanted)));

  useEffect(() => {
    const { style } = document.documentElement;
    if (width === usual) style.removeProperty(`--${name}-width`);
    else style.setProperty(`--${name}-width`, `${width}px`);
    rememberWidth(name, width === usual ? null : width);
  }, [name, usual, width]);

  const drag = (event: PointerEvent<HTMLElement>) => {
    const edge = event.currentTarget;
    const { clientX: from } = event;
    const direction = document.documentElement.dir === "rtl" ? -1 : 1;
    edge.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent) =>
      setWidth(within(width + (moved.clientX - from) * direction));
    const end = () => {
      edge.removeEventListener("pointermove", move);
      edge.removeEventListener("lostpointercapture", end);
    };
    edge.addEventListener("pointermove", move);
    edge.addEventListener("lostpointercapture", end);
  };
  const step = (event: KeyboardEvent) => {
    const towards = {
      ArrowLeft: -STEP_PIXELS,
      ArrowRight: STEP_PIXELS,
      Home: least - width,
      End: most - width,
    }[event.key];
    if (towards === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setWidth(within(width + towards));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that moves is a control; <hr> is none
    <div
      className="divider"
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      onPointerDown={drag}
      onKeyDown={step}
      onDoubleClick={() => setWidth(usual)}
    />
  );
}
