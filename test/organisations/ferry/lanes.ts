const id = (number: number) => `aaaaaaaa-0000-4000-8000-00000000000${number}`;

/** What every environment has, its addresses by its number. A function, so that nothing is written three times. */
export function lane<const Pools, const SystemPool extends string, const Tier extends string>({
  number,
  tier,
  branch,
  domain,
  suffix,
  pools,
  systemPool,
  zone,
}: {
  number: number;
  tier: Tier;
  branch: string;
  domain: string;
  suffix: string;
  pools: Pools;
  systemPool: SystemPool;
  /** the private DNS zone, where the harbour master has made one already */
  zone?: string;
}) {
  return {
    tier,
    branch,
    domain,
    imageTags: { suffix },
    namespace: 'ferry',
    subscriptionId: id(number),
    resourceGroup: `ferry-${number}`,
    ingress: { className: 'harbour-gate', issuer: 'customs' },
    network: {
      addressSpace: `10.${number}.0.0/16`,
      nodeSubnet: `10.${number}.0.0/20`,
      databaseSubnet: `10.${number}.32.0/24`,
      podRange: `172.${15 + number}.0.0/16`,
      serviceRange: `192.168.${number * 16}.0/20`,
      ...(zone !== undefined && {
        privateDnsZoneId: `/subscriptions/${id(number)}/resourceGroups/ferry-dns/providers/Microsoft.Network/privateDnsZones/${zone}`,
      }),
    },
    cluster: {
      name: `ferry_${number}`,
      kubernetesVersion: '1.36',
      adminGroups: [id(9)],
      authorizedRanges: ['192.0.2.0/24'],
      maintenance: { day: 'Sunday' as const, hour: number * 5, utcOffset: '+02:00' },
      systemPool,
      defaultPool: systemPool,
      nodePools: pools,
    },
  };
}
