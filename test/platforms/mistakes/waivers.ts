import { TODAY } from '../compiled.ts';
import { inEnvironment, inPlatform, inService, type Mistake } from './mistake.ts';

function waiver(rule: string, until = '2030-01-01') {
  return { rule, reason: 'nobody has mended it yet', owner: 'the platform team', until };
}

/** What can be wrong with what a platform says of rules. */
export const waiverMistakes: readonly Mistake[] = [
  inService('waivers/unknown-rule', 'a waiver of no rule', { waivers: [waiver('qq/nobody')] }, ['waivers', 0, 'rule']),
  inPlatform('waivers/unknown-rule', 'a severity of no rule', () => ({
    puts: [[['rules', 'severity', 'qq/nobody'], 'notice']],
    at: ['rules', 'severity', 'qq/nobody'],
  })),
  inService('waivers/unused', 'a waiver of what was never found', { waivers: [waiver('services/root_user')] }, [
    'waivers',
    0,
  ]),
  inService('waivers/expired', 'a waiver of yesterday', { waivers: [waiver('services/root_user', before(TODAY))] }, [
    'waivers',
    0,
    'until',
  ]),
  inEnvironment(
    'waivers/too-wide',
    'a waiver of an environment for one of its databases',
    ({ environment: { tier, databases = {} } }) => {
      const [name, ...more] = Object.keys(databases);
      return tier === 'production' && name !== undefined && more.length === 0
        ? {
            [`databases.${name}.size`]: 'GP_Standard_D2ds_v5',
            [`databases.${name}.backupRetentionDays`]: 13,
            [`databases.${name}.geoRedundantBackup`]: true,
            [`databases.${name}.highAvailability`]: 'ZoneRedundant',
            waivers: [waiver('databases/production_backup')],
          }
        : undefined;
    },
    'waivers.0',
    { maybe: ['databases/production_backup'] },
  ),
];

function before(day: string): string {
  return new Date(Date.parse(day) - 24 * 3600 * 1000).toISOString().slice(0, 10);
}
