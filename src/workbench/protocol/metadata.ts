/**
 * What office.js says about itself: for every class the members it may name on the wire, and the requirement set each of
 * them belongs to. The interpreter is driven by this; nothing about single members is written down by hand.
 */
export interface Metadata {
  readonly classes: Readonly<Record<string, ClassMetadata>>;
}

export interface ClassMetadata {
  readonly name: string;
  readonly isCollection: boolean;
  /** Class of the items of a collection. */
  readonly itemClass?: string;
  /** By wire name, e.g. `Values`. */
  readonly scalars: Readonly<Record<string, ScalarMetadata>>;
  readonly navigations: Readonly<Record<string, NavigationMetadata>>;
  readonly methods: Readonly<Record<string, MethodMetadata>>;
  /** Numeric rich API event type by the wire name of the method that registers for it. */
  readonly events: Readonly<Record<string, number>>;
}

/** A requirement set and the version that brought the member, e.g. ExcelApi 1.9. */
export interface Requirement {
  readonly set: string;
  readonly version: string;
}

export interface ScalarMetadata {
  readonly name: string;
  readonly writable: boolean;
  readonly since?: Requirement;
}

export interface NavigationMetadata {
  readonly name: string;
  readonly type: string;
  readonly since?: Requirement;
}

export interface MethodMetadata {
  readonly name: string;
  /** The class of the object the method returns; absent when it returns a value or nothing. */
  readonly returns?: string;
  readonly since?: Requirement;
}
