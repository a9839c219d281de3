import { useKeysOf } from "../../lib/commands/key-names.ts";
import type { Theme } from "../../lib/preferences.ts";
import { useText } from "../../lib/text.ts";
import type { Locale } from "../../messages/catalogue.ts";
import { LANGUAGE_NAMES, LOCALES } from "../../messages/catalogue.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { useAway } from "../../sync/useAway.ts";
import { Icon } from "../../ui/Icon.tsx";
import { MemberAvatar } from "../../ui/MemberAvatar.tsx";
import { Menu, type MenuItem } from "../../ui/Menu.tsx";

const THEMES: readonly Theme[] = ["system", "light", "dark"];

interface Props {
  readonly theme: Theme;
  readonly onTheme: (theme: Theme) => void;
  readonly locale: Locale;
  readonly onLocale: (locale: Locale) => void;
  readonly onKeys: () => void;
  readonly onPalette: () => void;
  readonly onSettings: () => void;
}

/** Who I am, at the foot of the navigation, and the choices that are mine alone. */
export function MeMenu(props: Props) {
  const text = useText();
  const member = useInbox((inbox) => inbox.me);
  const items = useMenuItems(props);
  return (
    <div className="nav-me">
      <Menu
        above
        items={items}
        trigger={(trigger) => (
          <button
            type="button"
            className="nav-me-button"
            title={text("nav.me", { name: member.name })}
            {...trigger}
          >
            <MemberAvatar member={member} size="small" />
            <span className="unseen">{text("nav.me", { name: member.name })}</span>
            <span className="grow" aria-hidden="true">
              <span className="nav-me-name cut">{member.name}</span>
              <span className="nav-me-mail cut">
                {member.presence === "away" ? text("presence.away") : member.email}
              </span>
            </span>
            <Icon name="more" />
          </button>
        )}
      />
    </div>
  );
}

export function useMenuItems({
  theme,
  onTheme,
  locale,
  onLocale,
  onKeys,
  onPalette,
  onSettings,
}: Props): readonly MenuItem[] {
  const text = useText();
  const { signOut } = useSession();
  const [isAway, sayAway] = useAway();
  const [paletteKey] = useKeysOf("palette");
  const [sheetKey] = useKeysOf("keys");
  return [
    { key: "settings", label: text("settings.label"), run: onSettings },
    {
      key: "away",
      label: text("presence.away"),
      isChosen: isAway,
      startsGroup: true,
      run: () => sayAway(!isAway),
    },
    ...THEMES.map((each, n) => ({
      key: each,
      label: text(`theme.${each}`),
      isChosen: each === theme,
      startsGroup: n === 0,
      run: () => onTheme(each),
    })),
    ...LOCALES.map((each, n) => ({
      key: each,
      label: LANGUAGE_NAMES[each],
      isChosen: each === locale,
      startsGroup: n === 0,
      run: () => onLocale(each),
    })),
    {
      key: "palette",
      label: text("keys.palette"),
      ...hintOf(paletteKey),
      startsGroup: true,
      run: onPalette,
    },
    { key: "keys", label: text("keys.title"), ...hintOf(sheetKey), run: onKeys },
    { key: "sign out", label: text("action.sign_out"), run: () => void signOut() },
  ];
}

function hintOf(key: string | undefined): { hint?: string } {
  return key ? { hint: key } : {};
}
