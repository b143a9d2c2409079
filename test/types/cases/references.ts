import { definePlatform, type ServicePart } from '../../../lib/index.ts';
import { blue, green, rest } from './base.ts';

const part = { pool: 'main', replicaCount: 2 } as const satisfies ServicePart;
export const misspelt = {
  // error: 'replicas' does not exist in type
  replicas: 2,
} satisfies ServicePart;

// Each line after a comment `error:` must be an error that contains its text, and no other line may be one.
export default definePlatform({
  ...rest,
  environments: {
    blue: {
      ...blue,
      cluster: {
        ...blue.cluster,
        nodePools: { main: { size: 'Standard_D4s_v5', nodes: 3 } },
        // error: Type '"mian"' is not assignable to type '"main"'
        systemPool: 'mian',
        defaultPool: 'main',
      },
      databases: { orders: { ...blue.database } },
    },
    green: {
      ...green,
      cluster: {
        ...green.cluster,
        nodePools: {
          main: { size: 'Standard_D4s_v5', nodes: 3 },
          batch: { size: 'Standard_D4s_v5', nodes: { min: 0, max: 5 } },
        },
        systemPool: 'main',
        defaultPool: 'main',
      },
    },
  },
  sources: { shop: { images: { shop: {}, jobs: {} } } },
  secrets: { SESSION_KEY: 'signs sessions' },
  presets: {
    web: { ports: { http: 8080 } },
    // error: Type '"shp"' is not assignable to type
    broken: { image: 'shp' },
  },
  services: {
    orders: {
      // error: 'replicas' does not exist in type
      replicas: 2,
    },
    cart: {
      ...part,
      in: {
        // error: 'purple' does not exist in type
        purple: {},
      },
    },
    shop: {
      // error: Type '"wbe"' is not assignable to type '"broken" | "web"
      preset: 'wbe',
      // error: Type '"shop-api"' is not assignable to type '"jobs" | "shop" |
      image: 'shop-api',
      // error: Type '"etl"' is not assignable to type '"batch" | "main" |
      pool: 'etl',
      envs: {
        // error: Type '"order"' is not assignable to type '"orders"'
        A: { database: 'order', get: 'host' },
        // error: Type '"hots"' is not assignable to type '"host" | "name" | "port" | "user"'
        B: { database: 'orders', get: 'hots' },
        // error: Type '"shpo"' is not assignable to type '"cart" | "jobs" | "migrate" | "orders" | "shop"
        C: { service: 'shpo', get: 'url' },
        // error: Type '"SESSION"' is not assignable to type '"SESSION_KEY"'
        D: { secret: 'SESSION' },
        // error: Type '"order"' is not assignable to type '"orders"'
        E: { join: ['postgresql://', { database: 'order', get: 'host' }] },
        F: { self: 'publicUrl' },
      },
      in: {
        blue: {
          // error: Type '"batch"' is not assignable to type '"main"'
          pool: 'batch',
          envs: { A: { database: 'orders', get: 'host' } },
        },
        green: {
          pool: 'batch',
          // error: Type 'string' is not assignable to type 'undefined'
          envs: { A: { database: 'orders', get: 'host' } },
        },
      },
    },
    migrate: {
      kind: 'releaseJob',
      before: 'shop',
      workloadIdentity: {},
      in: {
        // error: Type '"shpo"' is not assignable to type '"cart" | "jobs" | "migrate" | "orders" | "shop"
        blue: { before: 'shpo' },
        green: { before: null },
      },
    },
    jobs: {
      // error: Type '"carts"' is not assignable to type '"cart" | "jobs" | "migrate" | "orders" | "shop"
      before: 'carts',
      // error: Type 'string' is not assignable to type 'number'
      replicaCount: '2',
      volumes: {
        // error: Type '"SESSION"' is not assignable to type '"SESSION_KEY"'
        keys: { kind: 'secret', mountPath: '/keys', files: { key: 'SESSION' } },
      },
    },
  },
});
