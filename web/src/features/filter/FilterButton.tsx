import { useRef } from "react";
import type { Filter } from "../../api/shapes.ts";
import { useKeysOf } from "../../lib/commands/key-names.ts";
import { useText } from "../../lib/text.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Popover } from "../../ui/Popover.tsx";
import { FilterPanel } from "./FilterPanel.tsx";
import { wishesOf } from "./filtering.ts";

interface Props {
  readonly filter: Filter;
  /** The list is called by what its filter leaves: nothing more is filtered. */
  readonly isNamed: boolean;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  /** `isFurther`: a step of the same choosing, which nobody goes back to singly. */
  readonly onChange: (filter: Filter, isFurther: boolean) => void;
  readonly onSave: () => void;
}

/** In the list's head: what shall be left of the view. */
export function FilterButton({ filter, isNamed, isOpen, onOpen, onChange, onSave }: Props) {
  const text = useText();
  const [keys] = useKeysOf("filter");
  const hasChanged = useRef(false);
  if (!isOpen) hasChanged.current = false;
  const change = (wanted: Filter) => {
    onChange(wanted, hasChanged.current);
    hasChanged.current = true;
  };
  const count = isNamed ? 0 : wishesOf(filter).length;
  return (
    <Popover
      label={text("filter.title")}
      end
      sheet
      open={isOpen}
      onOpen={onOpen}
      trigger={(trigger) => (
        <IconButton
          icon="filter"
          label={count === 0 ? text("filter.title") : text("filter.title_count", { count })}
          keys={keys}
          data-on={count > 0}
          data-filter
          {...trigger}
        />
      )}
    >
      {(close) => (
        <FilterPanel
          filter={filter}
          onChange={change}
          onSave={() => {
            close();
            onSave();
          }}
        />
      )}
    </Popover>
  );
}
