import type { chat } from '@virgil/contract';
import { Brain, Flame, Hand, Heart, Laugh, type LucideIcon } from 'lucide-react';

export const REACTION_ICONS: Record<chat.ReactionType, LucideIcon> = {
  heart: Heart,
  fire: Flame,
  clap: Hand,
  'mind-blown': Brain,
  laughing: Laugh,
};
