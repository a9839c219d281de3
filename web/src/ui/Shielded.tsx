import { Component, type ReactNode } from "react";

interface Props {
  readonly children: ReactNode;
  readonly instead: ReactNode;
}

/** Whatever goes wrong while this is drawn stays here: everything around it goes on. */
export class Shielded extends Component<Props, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    return this.state.hasFailed ? this.props.instead : this.props.children;
  }
}
