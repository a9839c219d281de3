import type { Membership } from "../api/shapes.ts";
import type { Entry } from "../features/palette/entries.ts";
import { boundTo } from "../lib/commands/bound.ts";
import { shownKeysOf, useKeyChoices } from "../lib/commands/choices.ts";
import { COMMANDS, type CommandId } from "../lib/commands/commands.ts";
import { useKeyNames } from "../lib/commands/key-names.ts";
import type { Theme } from "../lib/preferences.ts";
import { useText } from "../lib/text.ts";
import { LANGUAGE_NAMES, LOCALES, type Locale } from "../messages/catalogue.ts";
import { useInbox, useSession } from "../sync/session.ts";
import { useManagedChannels } from "../sync/useManagedChannels.ts";
import { useSavedViews } from "../sync/useSavedViews.ts";
import { useTeams } from "../sync/useTeams.ts";
import { isShared } from "../sync/view-order.ts";
import type { Whose } from "../sync/whose.ts";
import { markOf } from "../ui/icons.tsx";
import { SETTINGS_PAGES, type SettingsPage } from "./route.ts";

export interface PlacesOfPalette {
  readonly onTheme: (theme: Theme) => void;
  readonly onLocale: (locale: Locale) => void;
  readonly onWorkspace: (membership: Membership) => void;
  readonly onSettings: (page: SettingsPage) => void;
  readonly onChannels: () => void;
  readonly onNoise: (channel: string) => void;
  readonly onSaved: (id: string) => void;
  readonly onWhose: (whose: Whose) => void;
}

/** Keys that move about mean nothing by name. */
const ONLY_KEYS: ReadonlySet<CommandId> = new Set([
  "next",
  "previous",
  "open",
  "back",
  "region_next",
  "region_previous",
  "palette",
]);
const THEMES: readonly Theme[] = ["system", "light", "dark"];

/** Commands first, then places, then what is mine to choose. */
export function usePaletteEntries(places: PlacesOfPalette): readonly Entry[] {
  return [...useCommandEntries(), ...usePlaceEntries(places), ...useChoiceEntries(places)];
}

function useCommandEntries(): readonly Entry[] {
  const text = useText();
  const choices = useKeyChoices();
  const name = useKeyNames();
  return COMMANDS.filter(({ id }) => !ONLY_KEYS.has(id)).flatMap((command): Entry[] => {
    const bound = boundTo(command.id);
    if (!bound) return [];
    const [first] = shownKeysOf(command, choices);
    return [
      {
        key: `command ${command.id}`,
        label: text(command.label),
        keys: first && name(first),
        whyNot: bound.whyNot ? text(bound.whyNot) : undefined,
        run: bound.run,
      },
    ];
  });
}

function usePlaceEntries({
  onWorkspace,
  onSettings,
  onChannels,
  onNoise,
  onSaved,
  onWhose,
}: PlacesOfPalette): readonly Entry[] {
  const text = useText();
  const { me, membership } = useSession();
  const members = useInbox((inbox) => inbox.members);
  const views = useSavedViews();
  const teams = useTeams();
  const managed = useManagedChannels();
  const others = me.memberships.filter(({ workspace_id }) => workspace_id !== membership.workspace_id);
  const settings = text("settings.label");
  return [
    ...views.map((view) => ({
      key: `view ${view.id}`,
      label: view.name,
      icon: isShared(view) ? ("people" as const) : ("bookmark" as const),
      detail: text("palette.saved_view"),
      run: () => onSaved(view.id),
    })),
    ...teams.map((team) => ({
      key: `team ${team.id}`,
      label: team.name,
      icon: "people" as const,
      detail: text("palette.team"),
      run: () => onWhose({ kind: "team", id: team.id }),
    })),
    ...others.map((other) => ({
      key: `workspace ${other.workspace_id}`,
      label: text("nav.go_to_workspace", { name: other.workspace_name }),
      icon: "next" as const,
      run: () => onWorkspace(other),
    })),
    {
      key: "channels",
      label: text("nav.manage_channels"),
      words: text("palette.words.channels"),
      icon: "plus",
      run: onChannels,
    },
    ...managed.map(({ id, name, platform }) => ({
      key: `noise ${id}`,
      label: text("noise.open"),
      words: text("palette.words.noise"),
      icon: markOf(platform),
      detail: name,
      run: () => onNoise(id),
    })),
    ...SETTINGS_PAGES.map((page) => ({
      key: `settings ${page}`,
      label: text(`settings.${page}`),
      words: text(`palette.words.${page}`),
      detail: settings,
      run: () => onSettings(page),
    })),
    ...members
      .filter(({ has_left }) => !has_left)
      .map((member) => ({
        key: `member ${member.id}`,
        label: member.name,
        detail: text("palette.member"),
        onlyAsked: true,
        run: () => onSettings("members"),
      })),
  ];
}

function useChoiceEntries({ onTheme, onLocale }: PlacesOfPalette): readonly Entry[] {
  const text = useText();
  const { signOut } = useSession();
  return [
    ...THEMES.map((theme) => ({
      key: `theme ${theme}`,
      label: text("palette.theme", { theme: text(`theme.${theme}`) }),
      run: () => onTheme(theme),
    })),
    ...LOCALES.map((locale) => ({
      key: `language ${locale}`,
      label: text("palette.language", { language: LANGUAGE_NAMES[locale] }),
      run: () => onLocale(locale),
    })),
    { key: "sign out", label: text("action.sign_out"), run: () => void signOut() },
  ];
}
