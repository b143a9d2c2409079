import type { EnvironmentInput, PlatformInput, ServiceLayer, WaiverInput } from './schema.ts';
import type { JsonInput, ReferenceTo, Refers } from './vocabulary.ts';

/** The names that exist in a configuration, by what they name. */
export type Names = Readonly<Record<ReferenceTo, string>>;

/**
 * A schema's type in which each reference takes only a name that exists. `NoInfer`: a reference must not make the name that it
 * refers to.
 */
export type Tighten<Type, Known extends Names> =
  // Plain data of somebody else's shape refers to nothing, and has no end.
  [JsonInput] extends [Type] ? Type : Exclusive<TightenEach<Type, Known>>;

type TightenEach<Type, Known extends Names> =
  Type extends Refers<infer To extends ReferenceTo>
    ? NoInfer<Known[To]>
    : Type extends string | number | boolean | null | undefined
      ? Type
      : Type extends readonly (infer Item)[]
        ? readonly Tighten<Item, Known>[]
        : { readonly [Key in keyof Type]: Tighten<Type[Key], Known> };

/**
 * A union in which each object says that it lacks the keys of the others. TypeScript then knows which one is meant, and reports a
 * wrong name at the very name and not at the object around it.
 */
type Exclusive<Union, All = Union> = Union extends readonly unknown[]
  ? Union
  : Union extends object
    ? Union & { readonly [Key in Exclude<KeysOf<All>, keyof Union>]?: undefined }
    : Union;
type KeysOf<Union> = Union extends readonly unknown[] ? never : Union extends object ? keyof Union : never;

/** As the configuration may write it: nothing of it is changed, so constants fit as well. */
type Frozen<Type> = Tighten<Type, Names>;

type Environment = Frozen<EnvironmentInput>;
type Pool = Environment['cluster']['nodePools'][string];
type Database = NonNullable<Environment['databases']>[string];
type Source = Frozen<PlatformInput['sources'][string]>;
type Image = Source['images'][string];

/** An environment whose node pools are the keys of `Pools`. */
type EnvironmentWithPools<Pools> = Omit<Environment, 'cluster' | 'databases'> & {
  readonly cluster: Omit<Environment['cluster'], 'nodePools' | 'systemPool' | 'defaultPool'> & {
    readonly nodePools: { readonly [Name in keyof Pools]: Pool };
    /** the pool that AKS puts its own pods on */
    readonly systemPool: NoInfer<NameIn<Pools>>;
    /** the pool of services that name none */
    readonly defaultPool: NoInfer<NameIn<Pools>>;
  };
};

type EnvironmentWithDatabases<Databases> = {
  readonly databases?: { readonly [Name in keyof Databases]: Database };
};

type NameIn<Things> = Extract<keyof Things, string>;
/** The names within each of several things, all together. */
type NamesWithin<Things> = Extract<{ [Name in keyof Things]: keyof Things[Name] }[keyof Things], string>;

/**
 * What `definePlatform` takes. Each name is inferred from the place that makes it and demanded at the places that refer to it.
 *
 * `Pools` and `Databases` have the environments' names as keys and below them the names of their pools and databases, so that a
 * service cannot name a pool of another environment; `Images` likewise has the sources' names. TypeScript infers them backwards
 * through mapped types over `keyof`, and only through these: neither a constraint nor `Record` may take their place.
 */
export type Platform<
  Pools,
  Databases,
  Images,
  Secret extends string,
  Preset extends string,
  Service extends string,
> = Omit<Frozen<PlatformInput>, 'environments' | 'sources' | 'secrets' | 'presets' | 'services'> & {
  readonly environments: { readonly [Name in keyof Pools]: EnvironmentWithPools<Pools[Name]> } & {
    readonly [Name in keyof Databases]: EnvironmentWithDatabases<Databases[Name]>;
  };
  readonly sources: {
    readonly [Name in keyof Images]: Omit<Source, 'images'> & {
      readonly images: { readonly [ImageName in keyof Images[Name]]: Image };
    };
  };
  /** sealed variables and what they are for */
  readonly secrets?: { readonly [Name in Secret]: string };
  readonly presets?: {
    readonly [Name in Preset]: Layer<
      Known<Pools, NamesWithin<Pools>, NamesWithin<Databases>, Images, Secret, Preset, Service>
    >;
  };
  readonly services: {
    readonly [Name in Service]: Layer<
      Known<Pools, NamesWithin<Pools>, NamesWithin<Databases>, Images, Secret, Preset, Service>
    > & {
      readonly preset?: NoInfer<Preset>;
      readonly waivers?: readonly WaiverInput[];
      readonly in?: {
        readonly [Environment in NameIn<Pools>]?:
          | false
          | (Layer<
              Known<
                Pools,
                NameIn<Pools[Environment]>,
                Environment extends keyof Databases ? NameIn<Databases[Environment]> : never,
                Images,
                Secret,
                Preset,
                Service
              >
            > & { readonly waivers?: readonly WaiverInput[] });
      };
    };
  };
};

type Known<
  Environments,
  PoolName extends string,
  DatabaseName extends string,
  Images,
  Secret extends string,
  Preset extends string,
  Service extends string,
> = {
  environment: NameIn<Environments>;
  pool: PoolName;
  database: DatabaseName;
  image: NamesWithin<Images>;
  secret: Secret;
  preset: Preset;
  service: Service;
};

type Layer<Known extends Names> = Tighten<ServiceLayer, Known>;

/**
 * A part of a service for constants and functions outside of `definePlatform`: `{ … } as const satisfies ServicePart`. Its names are
 * checked where it is used.
 */
export type ServicePart = Frozen<ServiceLayer>;
